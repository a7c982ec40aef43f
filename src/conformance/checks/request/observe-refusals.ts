import type { Observations } from '../../check/define-check.ts'
import { describeAnswer } from '../../observe/describe-answer.ts'
import { inconclusive, skip } from '../../check/gap.ts'
import type { Evidence } from '../../evidence/evidence.ts'
import { refusedFor } from './refused-for.ts'
import type { RequestFeature } from './request-feature.ts'

/** Observes each exchange that was refused because of one of these features of its request. */
export function* observeRefusals(
  evidence: readonly Evidence[],
  ...features: RequestFeature[]
): Observations {
  const concerned = evidence.filter(
    ({ request }) => request && features.some((each) => each.isIn(request)),
  )
  const dialect = evidence[0]?.dialect.id ?? ''
  const names = features
    .flatMap((each) => (each.toolsWith ? [] : nameIn(dialect, each)))
    .join(' or ')
  if (concerned.length === 0) return skip(`no request had ${names}`)
  let judged = concerned.some(({ wasAccepted }) => wasAccepted)
  let isWithinTools = false
  for (const feature of features) {
    const { toolsWith } = feature
    // A part that is refused explains that the whole is.
    if (isWithinTools && !toolsWith) continue
    const [refused, ...alike] = refusedFor(feature, evidence)
    if (refused) {
      judged = true
      isWithinTools ||= toolsWith !== undefined
      yield {
        message: `A request with ${describe(feature, refused)} was refused; the same request without it was accepted.`,
        expected: 'status 200',
        actual: describeAnswer(refused),
        evidence: refused,
        alike,
      }
    }
  }
  return judged ? undefined : inconclusive('no request with it was answered, nor one without it')
}

/** Of what is part of `tools`, with the tools that have it. */
function describe(feature: RequestFeature, { request = {}, dialect }: Evidence): string {
  const name = nameIn(dialect.id, feature)
  return feature.toolsWith ? `${name} ${feature.toolsWith(request).join(', ')}` : name
}

function nameIn(dialect: string, { name, nameIn: names }: RequestFeature): string {
  return names?.[dialect] ?? name
}
