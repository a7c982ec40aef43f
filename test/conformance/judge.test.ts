import { expect, test } from 'vitest'
import {
  type Check,
  defineCheck,
  type Observations,
} from '../../src/conformance/check/define-check.ts'
import { skip } from '../../src/conformance/check/gap.ts'
import { Evidence } from '../../src/conformance/evidence/evidence.ts'
import { conclude } from '../../src/conformance/judge/conclude.ts'
import { judge } from '../../src/conformance/judge/judge.ts'
import { toCheckResult } from '../../src/conformance/result/to-check-result.ts'
import { bytes } from '../support/bytes.ts'

function aCheck(id: string, more: Partial<Check> = {}): Check {
  return defineCheck({
    id,
    title: 'Something holds',
    severity: 'error',
    since: '2026-11',
    requirement: { text: 'It holds', source: 'A source', url: 'https://example.com' },
    effect: 'It breaks.',
    fix: 'Repair it.',
    probes: 'every-stream',
    needs: [],
    mutants: {},
    ...more,
  })
}

function* fails(): Observations {
  yield { message: 'It does not hold.', expected: 'that it holds' }
}
// oxlint-disable-next-line require-yield
function* passes(): Observations {}

const evidence = ['a', 'b'].map((name) => Evidence.ofBody(name, bytes('data: {}\n\n')))
const judgeBy = (...checks: Check[]) =>
  [...judge(checks, [{ probe: undefined, evidence }])].map(([check, judgements]) => {
    const { id, status, reason, findings } = toCheckResult(conclude(check, judgements))
    return { id, status, reason, count: findings.length }
  })

test('a check that throws is our bug, not a fault of the endpoint', () => {
  const broken = aCheck('a/broken', {
    inspect: () => {
      throw new TypeError('undefined is not a function')
    },
  })
  expect(judgeBy(broken)).toEqual([
    {
      id: 'a/broken',
      status: 'inconclusive',
      reason: 'harness-error: TypeError: undefined is not a function',
      count: 0,
    },
  ])
})

test('an echo is reported as one, an echo of an echo too', () => {
  expect(
    judgeBy(
      aCheck('a/third', { inspect: fails }),
      aCheck('a/second', { inspect: fails, echoes: ['a/third'] }),
      aCheck('a/first', { inspect: fails, echoes: ['a/second'] }),
    ),
  ).toEqual([
    { id: 'a/third', status: 'inconclusive', reason: 'explained by a/second', count: 0 },
    { id: 'a/second', status: 'inconclusive', reason: 'explained by a/first', count: 0 },
    { id: 'a/first', status: 'fail', reason: null, count: 2 },
  ])
})

test('what fails on another exchange is not an echo', () => {
  const onFirst = aCheck('a/cause', {
    echoes: ['a/effect'],
    inspect: (each) => (each === evidence[0] ? fails() : passes()),
  })
  const [, effect] = judgeBy(onFirst, aCheck('a/effect', { inspect: fails }))
  expect(effect).toMatchObject({ status: 'fail', count: 1 })
})

test('what does not apply is skipped, with the reason', () => {
  const needy = aCheck('a/tools', { needs: ['tool-calls'], inspect: fails })
  const decided = aCheck('a/decided', {
    // oxlint-disable-next-line require-yield
    inspect: function* () {
      return skip('not today')
    },
  })
  expect(judgeBy(needy, decided)).toMatchObject([
    { status: 'skip', reason: 'the reply calls no tool' },
    { status: 'skip', reason: 'not today' },
  ])
})

test('a pass says what it could not judge', () => {
  const torn = [
    Evidence.ofBody('whole', bytes('data: {}\n\n')),
    Evidence.ofBody('empty', bytes('')),
  ]
  const check = aCheck('a/check', { needs: ['chunks'], inspect: passes })
  const [judgements] = judge([check], [{ probe: undefined, evidence: torn }]).values()
  expect(conclude(check, judgements ?? [])).toMatchObject({
    status: 'pass',
    reason: 'not judged on empty: the stream has no chunks',
  })
})

test.each([
  [['skip', 'skip', 'inconclusive'], 'skip'],
  [['skip', 'inconclusive'], 'inconclusive'],
  [['skip', 'skip', 'unjudged'], 'unjudged'],
] as const)('%j, of one check, is %s', (each, status) => {
  const judgements = each.map((one) => ({ on: evidence, status: one, reason: `it is ${one}` }))
  expect(conclude(aCheck('a/check'), judgements)).toMatchObject({
    status,
    reason: `it is ${status}`,
  })
})

test('what was not sent leaves the reason to what was', () => {
  const notSent = { on: [], status: 'skip', reason: 'not sent' } as const
  const judgements = [{ on: evidence, status: 'inconclusive', reason: 'it broke' } as const]
  expect(conclude(aCheck('a/check'), [...judgements, notSent, notSent])).toMatchObject({
    status: 'inconclusive',
    reason: 'it broke',
  })
  expect(conclude(aCheck('a/check'), [notSent])).toMatchObject({ reason: 'not sent' })
})

test('exchanges of all its probes are compared once', () => {
  let compared = 0
  const outcome = judgeBy(
    aCheck('a/compare', {
      compare: (all) => {
        compared++
        expect(all).toEqual(evidence)
        return passes()
      },
    }),
  )
  expect(outcome).toMatchObject([{ status: 'pass' }])
  expect(compared).toBe(1)
})

test('where there are too many findings, the worst and one of each exchange are told', () => {
  const answers = Array.from({ length: 9 }, (_, i) =>
    Evidence.ofBody(`a${i}`, bytes('data: {}\n\n')),
  )
  const check = aCheck('sse/many', {
    *inspect(each) {
      for (let i = 0; i < 20; i += 1) {
        const severity = each === answers[8] && i === 19 ? 'error' : 'warning'
        yield { message: `Fault ${i}.`, expected: 'none', severity }
      }
    },
  })
  const judgements = judge([check], [{ probe: undefined, evidence: answers }]).get(check)!
  const { findings, severity, reason } = toCheckResult(conclude(check, judgements))
  expect(new Set(findings.map(({ exchange }) => exchange)).size).toBe(9)
  expect(findings.filter((each) => each.severity === severity)).toMatchObject([
    { exchange: 'a8', severity: 'error' },
  ])
  expect(findings.map(({ exchange }) => exchange)).toEqual(
    findings.map(({ exchange }) => exchange).toSorted(),
  )
  expect({ count: findings.length, reason }).toEqual({
    count: 50,
    reason: '130 further findings were left out',
  })
})
