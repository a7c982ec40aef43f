import { canonicalJson } from '../../../protocol/index.ts'
import type { Scenario, When } from '../spec/scenario.ts'
import type { Taken } from './taken.ts'

/**
 * Gives the fixtures of a sequence their places in it.
 *
 * aimock counts requests. Here an answer is counted in the history, by `nth`, and an error, which no
 * history holds, among the attempts at the same place: so a retry gets what comes next.
 */
export function inSequence(fixtures: readonly Taken[]): Scenario[] {
  const sequences = Map.groupBy(
    fixtures.filter(({ sequenceIndex }) => sequenceIndex !== undefined),
    sequenceOf,
  )
  const placed = new Map(
    [...sequences].map(([sequence, members]) => [sequence, placesIn(members).values()]),
  )
  return fixtures.map((fixture) => {
    const next = fixture.sequenceIndex === undefined ? undefined : placed.get(sequenceOf(fixture))
    return next ? next.next().value! : scenarioOf(fixture)
  })
}

function sequenceOf({ match }: Taken): string {
  return canonicalJson(match)
}

/** Those that come first stand first, whatever their order in the file: an answer matches any attempt. */
function placesIn(members: readonly Taken[]): Scenario[] {
  let nth = 1
  let attempt = 1
  const inOrder = members.toSorted((a, b) => a.sequenceIndex! - b.sequenceIndex!)
  return inOrder.map((member) => {
    if (member.then.error) return scenarioOf(member, { nth, attempt: attempt++ })
    attempt = 1
    return scenarioOf(member, { nth: nth++ })
  })
}

function scenarioOf({ name, match, then }: Taken, place: When = {}): Scenario {
  const when = { ...match, ...place }
  return { name, ...(Object.keys(when).length > 0 && { when }), then }
}
