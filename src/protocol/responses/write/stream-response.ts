import { type EventFrame, eventStreamReply, type Reply } from '../../../wire/index.ts'
import { DONE } from '../../chat/chat-chunk.ts'
import type { Schedule } from '../../dialect.ts'
import type { JsonObject } from '../../json/json.ts'
import { eventsOf, type ItemEvent } from './events-of.ts'
import { type PlannedResponse, wholeResponse } from './planned-response.ts'
import { responseObject } from './response-object.ts'
import type { ResponseStyle } from './response-style.ts'

/** What ElevenLabs documents, and what no call can do without. */
const MINIMAL = /^response\.(?:output_text\.delta|output_item\.done)$/

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
  const write = (atMs: number, { type, ...rest }: JsonObject & { readonly type: string }) => {
    const json = isMinimal ? minimal(type, rest) : { type, sequence_number: frames.length, ...rest }
    frames.push({
      kind: 'event',
      atMs,
      ...(style.eventLines !== false && { event: type }),
      data: JSON.stringify(json),
    })
  }
  if (!isMinimal) {
    const response = responseObject(request, identity, { status: 'in_progress' })
    write(0, { type: 'response.created', response })
    write(0, { type: 'response.in_progress', response })
  }
  for (const { json, token } of told) {
    if (isMinimal && !isOfMinimum(json)) continue
    write(token < 0 ? 0 : (times[token] ?? times.at(-1)!), json)
  }
  const last = failure ? (frames.at(-1)?.atMs ?? 0) : times.at(-1)!
  if (failure) write(last, errorEvent(failure, style))
  // What ElevenLabs documents ends with the error.
  if (!failure || !isMinimal) {
    const response = isMinimal ? { id: identity.responseId, status } : wholeResponse(planned)
    write(last, { type: `response.${status}`, response })
  }
  if (style.done === true) frames.push({ kind: 'event', atMs: last, data: DONE })
  return eventStreamReply(frames)
}

/** The events up to the one that says so much. */
function upTo(events: readonly ItemEvent[], tokens: number): readonly ItemEvent[] {
  let said = 0
  const end = events.findIndex(({ says }) => said === tokens || (says && ++said < 0))
  return end < 0 ? events : events.slice(0, end)
}

function isOfMinimum({ type, item }: JsonObject & { readonly type: string }): boolean {
  return MINIMAL.test(type) && (item === undefined || (item as JsonObject)['type'] !== 'message')
}

/** As the sample of ElevenLabs has it. */
function minimal(type: string, rest: JsonObject): JsonObject {
  const { delta } = rest
  return delta === undefined ? { type, ...rest } : { type, delta }
}

function errorEvent(
  { type, code, message, param }: NonNullable<PlannedResponse['failure']>,
  { error = 'nested' }: ResponseStyle,
): JsonObject & { readonly type: string } {
  return {
    type: 'error',
    ...(error !== 'nested' && { code, message, param }),
    ...(error !== 'flat' && { error: { type, code, message, param } }),
  }
}
