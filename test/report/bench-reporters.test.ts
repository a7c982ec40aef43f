import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { compare, type LoadStep } from '../../src/bench/index.ts'
import {
  benchReporters,
  capacityHeadText,
  capacityStepText,
  capacityText,
  comparisonText,
  sweepHeadText,
  sweepStepText,
  sweepText,
} from '../../src/report/index.ts'
import { lognormal, reportOf } from '../support/bench-reports.ts'

const PLAIN = { width: 100, color: false }
const REPORT = reportOf(lognormal(400, 300, 0.2, 1), {
  budgets: ['ttft p(95)<800', 'tps p(5)>50', 'errors<0.001'],
})

/** A run of which there is much to say. */
const TROUBLED = reportOf(lognormal(400, 300, 0.2, 1), {
  budgets: ['elevenlabs', 'tps p(5)>50'],
  deadAir: [0, 600],
  failures: 30,
  seen: `status 503: {"error":{"message":"${'The server is overloaded. '.repeat(9)}"}}`,
  values: { ttfs: 500, ttft_sched: 12_345.6, tps: 80, first_unit_chars: 74, e2e: 4_000, tth: 90 },
})

test('a terminal: what has a budget or a voice needs, and the verdict at the end', () => {
  expect(benchReporters.terminal(TROUBLED, PLAIN)).toMatchSnapshot()
})

test('all there is: every figure, what it means, how values are spread, the instrument', () => {
  expect(benchReporters.terminal(REPORT, { ...PLAIN, isWhole: true })).toMatchSnapshot()
})

test.each([
  ['no budget', reportOf(lognormal(400, 300, 0.2, 1), { values: { ttfs: 500, dead_air: 0 } })],
  ['much to say', TROUBLED],
  [
    'six budgets, all broken or not proven',
    reportOf(lognormal(400, 300, 0.2, 1), {
      budgets: ['production'],
      failures: 30,
      values: { ttfs: 500, ttft_sched: 400, tps: 20, tpot: 50, e2e: 4_000, dead_air: 0 },
    }),
  ],
])('fits a screen of 80 columns and 24 lines: %s', (_, report) => {
  const lines = benchReporters.terminal(report, { width: 80, color: false }).trimEnd().split('\n')
  expect(lines.length, lines.join('\n')).toBeLessThanOrEqual(24)
})

test.each([40, 50, 60, 80, 120])(
  'nothing is wider than %i columns, or loses its indent',
  (width) => {
    const reports = [REPORT, TROUBLED, reportOf([100, 200], { deadAir: [0, 600] })]
    for (const [report, isWhole] of reports.flatMap((each) => [
      [each, false] as const,
      [each, true] as const,
    ])) {
      const style = { width, color: false, isWhole }
      const lines = benchReporters.terminal(report, style).split('\n')
      // The row of a metric has six columns.
      expect(lines.filter((line) => stringWidth(line) > Math.max(width, 50))).toEqual([])
      const body = lines.slice(lines.indexOf(''), -1)
      expect(body.filter((line) => /^ ?[^ ]/.test(line))).toEqual([report.verdict.toUpperCase()])
    }
  },
)

test('a budget that failed requests break says so', () => {
  const text = benchReporters.terminal(
    reportOf([100, 200], { budgets: ['ttft p(95)<800', 'ttft p(50)<50'], failures: 60 }),
    PLAIN,
  )
  expect(text).toMatch(/^ {2}x {2}ttft p\(95\)<800$/m)
  expect(text.replaceAll(/\s+/g, ' ')).toContain(
    'OVER-BUDGET because ttft p(95)<800, ttft p(50)<50: 60 of 62 values are failed requests, which are beyond any bound ',
  )
})

describe('the answer with the most dead air', () => {
  const line = (silenceMs: number, width: number) =>
    benchReporters.terminal(reportOf([1], { deadAir: [silenceMs] }), { width, color: false })

  test('is a line in which time runs, and what that shows', () => {
    // A hundred milliseconds for each of 31 columns.
    expect(line(600, 43)).toContain('  voice     ·····██████████░░░░░░██████████\n')
    expect(line(600, 200)).toContain(
      'the answer with the most dead air: ·\u00A0500 ms to its first sound, █\u00A02000 ms of voice, ░\u00A0600 ms of dead air in 1 silence',
    )
  })

  test('shows a silence however short', () => {
    expect(line(1, 80)).toMatch(/█░█/)
  })

  test('is missing where there was none', () => {
    expect(line(0, 80)).not.toContain('voice  ')
  })

  test('is red where it is silent, in a terminal with colours', () => {
    const style = { width: 43, color: true }
    const text = benchReporters.terminal(reportOf([1], { deadAir: [600] }), style)
    expect(text).toContain('██\x1b[31m░░░░░░\x1b[39m██')
  })
})

test('CSV: a row for each metric', () => {
  const lines = benchReporters.csv(REPORT).trimEnd().split('\r\n')
  expect(lines[0]).toBe('metric,unit,count,mean,min,p50,p90,p95,p99,max,definition')
  expect(lines).toHaveLength(Object.keys(REPORT.metrics).length + 1)
  expect(lines[1]).toMatch(/^ttft,ms,400,[\d.,]+,to the first text$/)
  expect(lines).toContain('ttft_any,ms,0,,,,,,,,"to the first text, reasoning or tool call"')
})

test('Markdown: the verdict, the budgets, the figures', () => {
  const text = benchReporters.markdown(REPORT)
  expect(text).toContain('## soundcheck bench: inconclusive')
  expect(text).toMatch(/\| `ttft` \| ms \| \d/)
  expect(text).toContain('| pass |')
})

test.each(['terminal', 'markdown'] as const)('hostile text cannot reach the reader: %s', (name) => {
  const hostile = {
    ...REPORT,
    target: { url: 'http://x/\x1b[2J<script>|', model: null },
    speech: { ...REPORT.speech, rule: '\x1b[2J' },
  }
  const text = benchReporters[name](hostile, PLAIN)
  expect(text.replaceAll('\n', '')).not.toMatch(/[\0-\x1f]/)
  if (name === 'markdown') expect(text).not.toContain('<script>')
})

describe('a comparison', () => {
  const slower = reportOf(lognormal(400, 360, 0.2, 2))
  const text = comparisonText(compare(REPORT, slower), ['a.json', 'b\x1b.json'], PLAIN)

  test('says what differs, by how much, and how sure that is', () => {
    expect(text).toMatch(/ttft .* slower$/m)
    expect(text).toMatch(/^slower {2}ttft: \+\d+\.\d % in the median/m)
    expect(text).not.toContain('\x1b')
  })

  test.each([60, 80, 120])('is no wider than %i columns', (width) => {
    const names = [`${'a/'.repeat(99)}a.json`, 'b.json'] as const
    const lines = comparisonText(compare(REPORT, slower), names, { width, color: false }).split(
      '\n',
    )
    expect(lines.filter((line) => stringWidth(line) > width)).toEqual([])
  })
})

describe('a sweep', () => {
  const step = (ratePerSecond: number, ttft: number): LoadStep => {
    const report = reportOf(
      Array.from({ length: 400 }, () => ttft),
      { budgets: ['ttft p(95)<800'] },
    )
    const holds = report.verdict === 'pass'
    const outcome = holds ? 'holds' : 'breaks'
    return { concurrency: null, ratePerSecond, holds, outcome, report }
  }
  const steps = [step(5, 300), step(10, 400), step(20, 2_000), step(40, 500)]

  const report = reportOf([100, 100], { budgets: ['ttft p(95)<800'] })
  const few: LoadStep = { ...step(2, 100), holds: false, outcome: 'too-few', report }

  test('a row for each load, and where the budgets stop holding', () => {
    const rows = steps.map((each) => sweepStepText(each, PLAIN))
    expect([sweepHeadText('rate', PLAIN), ...rows, sweepText({ steps }, PLAIN)].join('')).toBe(
      [
        '                         ttft                 ttfs dead air',
        ' rate/s   sent failed     p50    p95    p99    p95      p95 good/s',
        '      5    400      0     300    300    300      -        -    400  pass',
        '     10    400      0     400    400    400      -        -    400  pass',
        '     20    400      0    2000   2000   2000      -        -    400  over-budget',
        '     40    400      0     500    500    500      -        -    400  pass',
        '',
        'HOLDS  up to 10 requests/s, not at 20',
        '  because   ttft p(95)<800 is 2000',
        '',
      ].join('\n'),
    )
  })

  test.each([
    [steps.slice(2), 'DOES NOT HOLD  not at 20 requests/s, the least that was tried'],
    [
      [few, ...steps.slice(2)],
      'UNKNOWN  whether it holds at 2 requests/s, the least that was tried',
    ],
    [steps.slice(0, 2), 'HOLDS  up to 10 requests/s, the most that was tried'],
    [[], ''],
  ])('%#', (some, line) => {
    expect(sweepText({ steps: some }, PLAIN)).toContain(line)
  })

  test.each([60, 68, 80, 120])('is no wider than %i columns', (width) => {
    const style = { width, color: false }
    const broken = step(12_000, 50_000)
    const text = [
      sweepHeadText('rate', style),
      sweepStepText(broken, style),
      sweepText({ steps: [broken] }, style),
      capacityHeadText({ rates: 22, rateMs: 36_000, timeoutMs: 20_000 }, style),
      capacityStepText({ ...few, ratePerSecond: 12_000 }, style),
      capacityText({ ratePerSecond: 12_000, isComplete: false, steps }, style),
      capacityText({ ratePerSecond: null, isComplete: false, steps: [few, broken] }, style),
    ].join('\n')
    expect(text.split('\n').filter((line) => line.length > width)).toEqual([])
    expect(text).toMatch(/ 50000 .*over-budget$/m)
  })

  test('a narrow one keeps what decides', () => {
    const style = { width: 60, color: false }
    expect(sweepHeadText('concurrency', style)).toBe(
      '                        ttft   ttfs dead air\nat once   sent failed    p95    p95      p95\n',
    )
  })
})

test.each([
  [{ ratePerSecond: 40, isComplete: true }, 'CAPACITY  40.0 requests/s, within 5 %'],
  [{ ratePerSecond: null, isComplete: true }, 'NO CAPACITY'],
  [{ ratePerSecond: 40, isComplete: false }, 'AT LEAST  40.0 requests/s'],
  [{ ratePerSecond: null, isComplete: false }, 'UNKNOWN'],
])('a capacity: %j', (capacity, line) => {
  expect(capacityText({ ...capacity, steps: [] }, PLAIN)).toContain(line)
})

test('an unknown capacity: why, and what to do', () => {
  const report = reportOf([100, 100], { budgets: ['ttft p(95)<800'] })
  const few = {
    concurrency: null,
    ratePerSecond: 2,
    holds: false,
    outcome: 'too-few',
    report,
  } as const
  const broken = { ...few, ratePerSecond: 4, outcome: 'breaks' } as const
  const reason = 'ttft p(95)<800: a p(95) of 2 values proves nothing; it takes about 59'
  expect(capacityStepText(few, PLAIN).replaceAll(/\s+/g, ' ')).toBe(
    ` 2.0 requests/s too few requests to tell; ${reason} `,
  )
  const nothing = { ratePerSecond: null, isComplete: false }
  const text = capacityText({ ...nothing, steps: [few] }, PLAIN)
  expect(text).toContain(`  because   ${reason}\n`)
  expect(text).toContain('by a longer --duration, or start from a higher --rate\n')
  const between = capacityText({ ...nothing, steps: [few, broken] }, PLAIN)
  expect(between).toContain('UNKNOWN  no rate was found at which the budgets hold, but below 4.0')
  expect(between).toContain('by a longer --duration\n')
})
