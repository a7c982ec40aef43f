import { expect, test } from 'vitest'
import type { Check } from '../../src/conformance/index.ts'
import { Evidence } from '../../src/conformance/evidence/evidence.ts'
import { conclude } from '../../src/conformance/judge/conclude.ts'
import { judge } from '../../src/conformance/judge/judge.ts'
import { planChecks } from '../../src/conformance/run/plan-checks.ts'
import { ruleRun } from '../../src/conformance/result/rule-run.ts'
import { bytes } from '../support/bytes.ts'

function failing(id: string, since: string): Check {
  return {
    id,
    title: id,
    severity: 'error',
    since,
    requirement: { text: '', source: '', url: '' },
    effect: '',
    fix: '',
    probes: 'every-stream',
    needs: [],
    *inspect() {
      yield { message: 'bad', expected: 'good', severity: 'error' }
    },
    mutants: {},
  }
}

/** What a run of two checks comes to, one of which is newer than the other. */
function ruled(since: string | undefined, ...checks: Check[]) {
  const plan = planChecks(since === undefined ? {} : { since }, [], checks)
  const evidence = Evidence.ofBody('x', bytes('data: [DONE]\n\n'))
  const judgements = judge(plan.judged, [{ probe: undefined, evidence: [evidence] }])
  const conclusions = [...judgements].map(([check, each]) => conclude(check, each))
  const binding = conclusions.filter(({ check }) => plan.binds(check))
  const { verdict } = ruleRun({
    conclusions: binding,
    failOn: 'warning',
    baseline: [],
    budgets: [],
  })
  const severities = conclusions.map((conclusion) =>
    conclusion.status === 'fail' ? conclusion.observations[0]!.severity : conclusion.status,
  )
  return { verdict, severities }
}

const OLD = failing('a/old', '2026-11')
const NEW = failing('a/new', '2027-03')
const FINE: Check = { ...OLD, id: 'a/fine', *inspect() {} }

test('the newest requirement set binds by default', () => {
  expect(ruled(undefined, FINE, NEW)).toEqual({ verdict: 'fail', severities: ['pass', 'error'] })
})

test('what is newer than the set is told, but cannot fail the run', () => {
  expect(ruled('2026-11', FINE, NEW)).toEqual({ verdict: 'pass', severities: ['pass', 'info'] })
  expect(ruled('2026-11', OLD, NEW)).toEqual({ verdict: 'fail', severities: ['error', 'info'] })
})

test('a check that breaks is no reason to doubt, if it is newer', () => {
  const broken: Check = {
    ...NEW,
    inspect: () => {
      throw new Error('ours')
    },
  }
  expect(ruled('2026-11', FINE, broken).verdict).toBe('pass')
  expect(ruled('2027-03', FINE, broken).verdict).toBe('inconclusive')
})

test('a set that does not exist is refused, with those that do', () => {
  expect(() => ruled('2027-01', OLD, NEW)).toThrow(
    'there is no requirement set "2027-01"; this version knows 2026-11, 2027-03',
  )
})
