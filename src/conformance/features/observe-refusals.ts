import type { Observations } from '../check/define-check.ts'
import { describeAnswer } from '../check/describe-answer.ts'
import { inconclusive, skip } from '../check/gap.ts'
import type { Evidence } from '../evidence/evidence.ts'
import { refusedFor } from './refused-for.ts'
import { type FeatureId, REQUEST_FEATURES } from './request-features.ts'

/** Observes each exchange that was refused because of one of these features of its request. */
export function* observeRefusals(
  evidence: readonly Evidence[],
  ...features: FeatureId[]
): Observations {
  const concerned = evidence.filter(
    ({ request }) => request && features.some((id) => REQUEST_FEATURES[id].isIn(request)),
  )
  const names = features.map((id) => REQUEST_FEATURES[id].name).join(' or ')
  if (concerned.length === 0) return skip(`no request had ${names}`)
  let judged = concerned.some(({ wasAccepted }) => wasAccepted)
  for (const id of features) {
    for (const refused of refusedFor(id, evidence)) {
      judged = true
      yield {
        message: `A request with ${REQUEST_FEATURES[id].name} was refused; the same request without it was accepted.`,
        expected: 'status 200',
        actual: describeAnswer(refused),
        evidence: refused,
      }
    }
  }
  return judged ? undefined : inconclusive(`no request with ${names} was answered, nor one without`)
}
