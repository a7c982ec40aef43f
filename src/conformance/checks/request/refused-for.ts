import { blamesClient } from '../../observe/expect-refusal.ts'
import type { Evidence } from '../../evidence/evidence.ts'
import { wasTurnedDown } from '../../evidence/was-turned-down.ts'
import type { RequestFeature } from './request-feature.ts'

/**
 * The exchanges that were refused because of a feature: the same request without it was accepted, or
 * another one of the same probe has shown so. What shows it comes first.
 */
export function refusedFor(
  { isIn, removeFrom }: RequestFeature,
  evidence: readonly Evidence[],
): Evidence[] {
  const turnedDown = evidence.filter(
    (each) => each.request && isIn(each.request) && wasTurnedDown(each),
  )
  // Bodies may be large, and hardly any endpoint refuses one.
  if (turnedDown.length === 0) return []
  const accepted = evidence.filter((each) => each.wasAccepted && !wasTurnedDown(each))
  const bodies = new Set(accepted.map(({ request }) => JSON.stringify(request)))
  const isAcceptedElsewhere = accepted.some(({ request }) => request && isIn(request))
  const refused = turnedDown.filter(
    (each) =>
      !bodies.has(JSON.stringify(each.request)) &&
      // What fails for a reason of its own does not say which.
      (blamesClient(each.exchange?.response?.status ?? 0) || !isAcceptedElsewhere),
  )
  const proofs = refused.filter(({ request }) =>
    bodies.has(JSON.stringify(removeFrom(request ?? {}))),
  )
  const proven = new Set(proofs.map(({ probe }) => probe))
  const others = refused.filter((each) => !proofs.includes(each) && proven.has(each.probe))
  return [...proofs, ...others]
}
