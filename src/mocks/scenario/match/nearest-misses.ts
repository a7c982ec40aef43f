import type { Miss, Why } from '../../../journal/index.ts'
import type { Condition } from './condition.ts'
import type { Situation } from './situation.ts'

const MAX_MISSES = 3

/** A scenario that did not match, and which of its conditions failed. */
export interface Missed {
  readonly scenario: { readonly name: string; readonly conditions: readonly Condition[] }
  readonly failed: readonly Condition[]
}

/** The scenarios that came nearest, and what each failed on: few conditions, out of many. */
export function nearestMisses(missed: readonly Missed[], situation: Situation): Miss[] {
  return missed
    .toSorted((a, b) => a.failed.length - b.failed.length || heldBy(b) - heldBy(a))
    .slice(0, MAX_MISSES)
    .map((each) => ({
      scenario: each.scenario.name,
      held: heldBy(each),
      failed: each.failed.map((condition) => condition.explain(situation)),
    }))
}

function heldBy({ scenario, failed }: Missed): number {
  return scenario.conditions.length - failed.length
}

/** Says which scenarios came nearest. */
export function describeMisses({ misses }: Why): string {
  if (misses.length === 0) return 'There are no scenarios.'
  return misses.map(({ scenario, failed }) => `"${scenario}": ${failed.join('; ')}.`).join(' ')
}
