import { expect, test } from 'vitest'
import { matchBaseline } from '../../src/conformance/baseline/match-baseline.ts'
import { Evidence } from '../../src/conformance/evidence/evidence.ts'
import { judge } from '../../src/conformance/judge/judge.ts'
import { type Check, checks } from '../../src/conformance/index.ts'
import { bytes } from '../support/bytes.ts'

const GOOD = 'data: {"choices":[]}\n\ndata: [DONE]\n\n'
const BAD = 'data: {"choices":[]}\n\n'
const TODAY = '2026-11-22'
const done = checks.find(({ id }) => id === 'sse/done')!

/** What becomes of a failure of sse/done on the probe farewell, given what came back from it. */
function stateOf(body: string | undefined, until?: string, check: Check = done) {
  const evidence =
    body === undefined
      ? Evidence.ofBody('tool-result', bytes(GOOD))
      : Evidence.ofBody('farewell', bytes(body))
  const judgements = judge([check], [{ probe: 'farewell', evidence: [evidence] }])
  const failure = { id: 'sse/done', probe: 'farewell', reason: 'soon', ...(until && { until }) }
  return matchBaseline([failure], judgements, TODAY)[0]!.state
}

test.each([
  ['still there', BAD, undefined, 'applies'],
  ['there, on its last day', BAD, '2026-11-22', 'applies'],
  ['there, a day later', BAD, '2026-11-21', 'expired'],
  ['gone', GOOD, undefined, 'stale'],
  ['gone, and past its date', GOOD, '2026-11-21', 'stale'],
  ['of a probe that was not sent', undefined, undefined, 'unjudged'],
])('a known failure that is %s', (_, body, until, state) => {
  expect(stateOf(body, until)).toBe(state)
})

test('what depends on the model is not gone because of one good reply', () => {
  expect(stateOf(GOOD, undefined, { ...done, dependsOnModel: 'choice' })).toBe('unjudged')
  expect(stateOf(BAD, undefined, { ...done, dependsOnModel: 'choice' })).toBe('applies')
})
