import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseBudget } from '../../src/budget/index.ts'
import { parseCheckBudget } from '../../src/conformance/budgets/parse-check-budget.ts'

/** What check has always understood, and what it means now. */
const OF_CHECK = {
  first_byte: 'ttfb',
  first_content: 'first_content',
  first_sentence: 'ttfs',
  total: 'total',
}
/** What bench has always understood. */
const OF_BENCH = [
  'ttft',
  'ttft_sched',
  'ttft_any',
  'ttft_subst',
  'ttfs',
  'first_unit_chars',
  'voice_start',
  'dead_air',
  'dead_air_count',
  'ttfb',
  'tth',
  'tt_role',
  'icl',
  'stall',
  'tpot',
  'tps',
  'tokens_per_chunk',
  'e2e',
  'e2e_sched',
  'close_tail',
  'lag',
]
const OF_REQUESTS = ['errors', 'availability', 'goodput']

const space = fc.constantFrom('', ' ', '  ', '\t')
const gap = fc.constantFrom(' ', '  ', '\t')
const decimals = fc.constantFrom('', '.5', '.25', '.001')
const someNumber = fc.tuple(fc.nat(100_000), decimals).map(([whole, rest]) => `${whole}${rest}`)
const percentile = fc
  .tuple(fc.integer({ min: 1, max: 99 }), decimals)
  .map(([whole, rest]) => `${whole}${rest}`)

/** A statistic as it is written, and as it is meant. */
const statistic = (plain: Readonly<Record<string, object>>) =>
  fc.oneof(
    percentile.map((text) => ({
      text: `p(${text})`,
      means: { kind: 'percentile', percentile: Number(text) },
    })),
    fc.constantFrom(...Object.entries(plain).map(([text, means]) => ({ text, means }))),
  )

const MEDIAN = { kind: 'percentile', percentile: 50 }

test('check: every budget of old, with its old meaning', () => {
  const metric = fc.constantFrom(...Object.entries(OF_CHECK))
  const scoped = fc.constantFrom('farewell', 'two-*', '*', undefined)
  const known = statistic({
    max: { kind: 'max' },
    'p(100)': { kind: 'max' },
    med: MEDIAN,
    median: MEDIAN,
  })
  fc.assert(
    fc.property(
      fc.record({
        metric,
        probe: scoped,
        known,
        a: space,
        b: gap,
        operator: fc.constantFrom('<', '<='),
        number: someNumber,
      }),
      ({ metric: [word, name], probe, known: { text, means }, a, b, operator, number }) => {
        const scope = probe === undefined ? '' : `${a}{${a}probe${a}:${a}${probe}${a}}`
        const written = `${a}${word}${scope}${b}${text}${a}${operator}${a}${number}${a}`
        const { probes, ...budget } = parseCheckBudget(written)
        expect(budget).toEqual({
          expression: written.trim(),
          of: 'metric',
          metric: name,
          statistic: means,
          operator,
          bound: Number(number),
        })
        expect(probes === undefined).toBe(probe === undefined)
        if (probe === 'farewell') expect(probes).toEqual(['farewell'])
      },
    ),
  )
})

test('bench: every budget of old, with its old meaning', () => {
  const known = statistic({
    avg: { kind: 'avg' },
    min: { kind: 'min' },
    max: { kind: 'max' },
    med: MEDIAN,
  })
  fc.assert(
    fc.property(
      fc.record({
        metric: fc.constantFrom(...OF_BENCH),
        known,
        a: space,
        b: gap,
        operator: fc.constantFrom('<', '>'),
        number: someNumber,
      }),
      ({ metric, known: { text, means }, a, b, operator, number }) => {
        const written = `${a}${metric}${b}${text}${a}${operator}${a}${number}${a}`
        expect(parseBudget(written, 'bench')).toEqual({
          expression: written.trim(),
          of: 'metric',
          metric,
          statistic: means,
          probes: undefined,
          operator,
          bound: Number(number),
        })
      },
    ),
  )
})

test('bench: every share of old, with its old meaning', () => {
  fc.assert(
    fc.property(
      fc.record({
        share: fc.constantFrom(...OF_REQUESTS),
        a: space,
        operator: fc.constantFrom('<', '>'),
        number: fc.constantFrom('0', '0.001', '0.5', '0.999', '1'),
      }),
      ({ share, a, operator, number }) => {
        const written = `${a}${share}${a}${operator}${a}${number}${a}`
        expect(parseBudget(written, 'bench')).toEqual({
          expression: written.trim(),
          of: 'requests',
          share,
          operator,
          bound: Number(number),
        })
      },
    ),
  )
})
