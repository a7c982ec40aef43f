import { type EventFrame, eventStreamReply, type Reply } from '../../../wire/index.ts'
import { DONE } from '../../chat/chat-chunk.ts'
import type { Schedule } from '../../dialect.ts'
import type { JsonObject } from '../../json/json.ts'
import { eventsOf, type ItemEvent } from './events-of.ts'
import { type PlannedResponse, wholeResponse } from './planned-response.ts'
import { responseObject } from './response-object.ts'
import type { ResponseStyle } from './response-style.ts'

/** Writes a response as a stream of events. */
export function streamResponse(
  planned: PlannedResponse,
  style: ResponseStyle,
  schedule: Schedule = () => [0],
): Reply {
  const { answer, request, identity, items, failure, status } = planned
  const { events, tokens } = eventsOf(items, answer)
  const times = schedule(tokens)
  const told = failure ? upTo(events, failure.afterTokens) : events
  const isMinimal = style.events === 'minimal'

  const frames: EventFrame[] = []
  const write = (atMs: number, type: string, members: string) => {
    const number = isMinimal ? '' : `"sequence_number":${frames.length},`
    const data = `{"type":"${type}",${number}${members}}`
    const name = style.eventLines !== false && { event: type }
    frames.push({ kind: 'event', atMs, ...name, data })
  }
  if (!isMinimal) {
    const begun = inMember(responseObject(request, identity, { status: 'in_progress' }))
    write(0, 'response.created', begun)
    write(0, 'response.in_progress', begun)
  }
  for (const { type, members, minimum, token } of told) {
    const sent = isMinimal ? minimum : members
    if (sent !== undefined) write(token < 0 ? 0 : (times[token] ?? times.at(-1)!), type, sent)
  }
  const last = failure ? (frames.at(-1)?.atMs ?? 0) : times.at(-1)!
  if (failure) write(last, 'error', whatFailed(failure, style))
  // What ElevenLabs documents ends with the error.
  if (!failure || !isMinimal) {
    const ended = isMinimal ? { id: identity.responseId, status } : wholeResponse(planned)
    write(last, `response.${status}`, inMember(ended))
  }
  if (style.done === true) frames.push({ kind: 'event', atMs: last, data: DONE })
  return eventStreamReply(frames)
}

function inMember(response: JsonObject): string {
  return `"response":${JSON.stringify(response)}`
}

/** The events up to the one that says so much. */
function upTo(events: readonly ItemEvent[], tokens: number): readonly ItemEvent[] {
  let said = 0
  const end = events.findIndex(({ says }) => said === tokens || (says && ++said < 0))
  return end < 0 ? events : events.slice(0, end)
}

function whatFailed(
  { type, code, message, param }: NonNullable<PlannedResponse['failure']>,
  { error = 'nested' }: ResponseStyle,
): string {
  const members = {
    ...(error !== 'nested' && { code, message, param }),
    ...(error !== 'flat' && { error: { type, code, message, param } }),
  }
  return JSON.stringify(members).slice(1, -1)
}
