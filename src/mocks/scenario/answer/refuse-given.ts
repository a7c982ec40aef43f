import { callsChosen, callsOffered } from '../match/call-conditions.ts'
import type { Situation } from '../match/situation.ts'
import type { AnswerSpec } from '../spec/scenario.ts'
import { violationOf } from '../spec/validate-scenarios.ts'

/**
 * Refuses what the function of a scenario gave, where nothing would be said, and nobody would know why.
 *
 * What it calls is not known when it is chosen, so that the request cannot go to another scenario.
 *
 * @throws Error that says what was given.
 */
export function refuseGiven(given: string | AnswerSpec, situation: Situation): void {
  const seen = whyNoAnswer(given)
  if (seen !== undefined) {
    throw new Error(
      `its function gave ${seen}, and must give text, or an answer such as { text: "Hello." }, at once`,
    )
  }
  const violation = violationOf({ then: given })
  if (violation) throw new Error(`its function gave: ${violation.path} ${violation.message}`)
  const unmet = [...callsOffered(given), ...callsChosen(given, [])].find(
    (condition) => !condition.holds(situation),
  )
  if (unmet) throw new Error(`its function calls a tool, but ${unmet.explain(situation)}`)
}

function whyNoAnswer(given: unknown): string | undefined {
  if (given === undefined) return 'nothing'
  if (Array.isArray(given)) return 'a list'
  return given instanceof Promise ? 'a promise' : undefined
}
