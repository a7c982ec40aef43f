import { expect, test } from 'vitest'
import { defineCheck, type Check } from '../../src/conformance/check.ts'
import { Evidence } from '../../src/conformance/evidence.ts'
import { judge } from '../../src/conformance/judge.ts'
import { bytes } from '../support/bytes.ts'

function aCheck(id: string, more: Partial<Check> = {}): Check {
  return defineCheck({
    id,
    title: 'Something holds',
    severity: 'error',
    since: '2026-11',
    requirement: { text: 'It holds', source: 'A source', url: 'https://example.com' },
    effect: 'It breaks.',
    fix: 'Mend it.',
    probes: 'every-stream',
    needs: [],
    mutants: {},
    ...more,
  })
}

const fails = function* () {
  yield { message: 'It does not hold.', expected: 'that it holds' }
}
const evidence = [
  Evidence.ofBody('a', bytes('data: {}\n\n')),
  Evidence.ofBody('b', bytes('data: {}\n\n')),
]
const judgeBy = (...checks: Check[]) =>
  judge(checks, [{ probe: undefined, evidence }]).map(
    ({ check, status, reason, observations }) => ({
      id: check.id,
      status,
      reason,
      count: observations.length,
    }),
  )

test('a check that throws is our fault, not that of the endpoint', () => {
  const broken = aCheck('a/broken', {
    inspect: () => {
      throw new TypeError('undefined is not a function')
    },
  })
  const [outcome] = judgeBy(broken)
  expect(outcome).toMatchObject({ status: 'inconclusive', count: 0 })
  expect(outcome!.reason).toMatch(/^harness-error: TypeError: undefined is not a function/)
})

test('an echo is told as what it is, an echo of an echo too', () => {
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

test('what fails on another exchange is no echo', () => {
  const onFirst = aCheck('a/cause', {
    echoes: ['a/effect'],
    inspect: (each) => (each === evidence[0] ? fails() : []),
  })
  const [, effect] = judgeBy(onFirst, aCheck('a/effect', { inspect: fails }))
  expect(effect).toMatchObject({ status: 'fail', count: 1 })
})

test('what does not apply is skipped, with the reason', () => {
  expect(judgeBy(aCheck('a/tools', { needs: ['tool-calls'], inspect: fails }))[0]).toMatchObject({
    status: 'skip',
    reason: 'the reply calls no tool',
  })
})

test('exchanges of a probe are compared once', () => {
  let compared = 0
  const outcome = judgeBy(
    aCheck('a/compare', {
      compare: (all) => {
        compared++
        expect(all).toEqual(evidence)
        return []
      },
    }),
  )
  expect(outcome[0]!.status).toBe('pass')
  expect(compared).toBe(1)
})
