import { isJsonObject } from '../../../protocol/index.ts'
import { FaultMemory } from '../../faults/fault-memory.ts'
import { findNetworkFault } from '../../faults/find-fault.ts'
import { listed } from '../../../wire/index.ts'
import { compileScenario } from '../compile-scenario.ts'
import { ScenarioError } from '../../scenario-error.ts'
import type { Scenario } from '../spec/scenario.ts'
import { importDelivery } from './import-delivery.ts'
import { importMatch } from './import-match.ts'
import { importResponse } from './import-response.ts'
import { inSequence } from './in-sequence.ts'
import type { Note, Taken } from './taken.ts'

export interface Imported {
  readonly scenarios: readonly Scenario[]
  /** What could not be taken over, or means something else here. */
  readonly notes: readonly string[]
}

/**
 * Turns a fixture file of aimock into scenarios; `file` names it in scenarios and notes.
 *
 * A fixture that cannot be used, or would match more than it did, is left out, and noted.
 *
 * @see https://github.com/CopilotKit/aimock (`FixtureFileEntry`)
 * @throws ScenarioError for a file that has no `fixtures`.
 */
export function importAimock(json: unknown, file: string): Imported {
  const fixtures = isJsonObject(json) ? json['fixtures'] : undefined
  if (!Array.isArray(fixtures)) {
    throw new ScenarioError(`${file}: has no "fixtures"; ${whatElse(json)}`)
  }
  const notes: string[] = []
  const taken: Taken[] = []
  const calling: string[] = []
  const counted: string[] = []
  for (const [i, fixture] of fixtures.entries()) {
    const name = `${file}: fixture ${i + 1}`
    const note: Note = (what) => notes.push(`${name}: ${what}`)
    const each = importFixture(fixture, name, note)
    const why = each && whyUnusable(each)
    if (why !== undefined) note(`left out: ${why}`)
    if (!each || why !== undefined) continue
    taken.push(each)
    const { match, sequenceIndex, then } = each
    if (sequenceIndex !== undefined && !then.error) counted.push(String(i + 1))
    if (then.calls?.some((call) => call.name !== match.tool)) calling.push(String(i + 1))
  }
  if (counted.length > 0) {
    notes.push(
      `${file}: match.sequenceIndex became "nth", which counts in the history of each conversation, so that the same request gets the same answer; in aimock it gets the next one (${listed(counted)})`,
    )
  }
  if (calling.length > 0) {
    notes.push(
      `${file}: fixtures that call tools match only where the request offers these; in aimock they match in any case (${listed(calling)})`,
    )
  }
  if (taken.some(({ match }) => match.user !== undefined)) {
    notes.push(
      `${file}: match.userMessage became "user", which looks at the last message of the user; in aimock, a message without text, such as an image alone, is passed over`,
    )
  }
  return { scenarios: inSequence(taken), notes }
}

/** A configuration of aimock names the files that hold the fixtures. */
function whatElse(json: unknown): string {
  const llm = isJsonObject(json) ? json['llm'] : undefined
  const named = isJsonObject(llm) ? llm['fixtures'] : undefined
  return typeof named === 'string'
    ? `it is a configuration of aimock, whose fixtures are in ${named}; import that.`
    : 'is it a fixture file of aimock?'
}

function importFixture(fixture: unknown, name: string, note: Note): Taken | undefined {
  const { match, response } = isJsonObject(fixture) ? fixture : {}
  if (!isJsonObject(fixture) || !isJsonObject(match) || !isJsonObject(response)) {
    note('left out: it needs an object "match" and an object "response"')
    return undefined
  }
  const when = importMatch(match, note)
  const answer = when && importResponse(response, note)
  if (!answer) return undefined
  const sequenceIndex = match['sequenceIndex'] as number | undefined
  return { name, match: when, sequenceIndex, then: { ...answer, ...importDelivery(fixture, note) } }
}

/** What aimock would play, or refuse later, may be no scenario. */
function whyUnusable({ name, match, then }: Taken): string | undefined {
  try {
    const options = { seed: 0, findFault: findNetworkFault, faultMemory: new FaultMemory() }
    compileScenario({ name, when: match, then }, name, options)
    return undefined
  } catch (error) {
    return ((error as Error).cause as Error).message
  }
}
