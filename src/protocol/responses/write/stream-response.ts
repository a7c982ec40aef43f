import { type EventFrame, eventStreamReply, type Reply } from '../../../wire/index.ts'
import type { Answer } from '../../answer.ts'
import { DONE } from '../../chat/chat-chunk.ts'
import type { ReplyForm } from '../../dialect.ts'
import type { JsonObject } from '../../json/json.ts'
import type { Usage } from '../../usage.ts'
import { eventsOf } from './events-of.ts'
import { identify } from './identity.ts'
import { plannedItems, wholeItems } from './planned-items.ts'
import { responseObject, whyIncomplete } from './response-object.ts'
import type { ResponseStyle } from './response-style.ts'

/** What ElevenLabs documents, and what no call can do without. */
const MINIMAL = /^response\.(?:output_text\.delta|output_item\.done)$/

/** Writes an answer as a stream of events. */
export function streamResponse(
  answer: Answer,
  form: ReplyForm,
  usage: Usage,
  style: ResponseStyle,
): Reply {
  const { request, schedule = () => [0] } = form
  const identity = identify(form)
  const items = plannedItems(answer, identity)
  const { events, tokens } = eventsOf(items, answer)
  const times = schedule(tokens)
  const last = times.at(-1)!
  const incomplete = whyIncomplete(answer.finishReason)
  const status = incomplete === undefined ? 'completed' : 'incomplete'
  const isMinimal = style.events === 'minimal'
  const begun = responseObject(request, identity, { status: 'in_progress' })
  const whole = responseObject(request, identity, {
    status,
    output: wholeItems(items, answer),
    usage,
    ...(incomplete !== undefined && { incomplete }),
  })
  const ended = isMinimal ? { id: identity.responseId, status } : whole

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
    write(0, { type: 'response.created', response: begun })
    write(0, { type: 'response.in_progress', response: begun })
  }
  for (const { json, token } of events) {
    if (isMinimal && !isOfMinimum(json)) continue
    write(token < 0 ? 0 : (times[token] ?? last), json)
  }
  write(last, { type: `response.${status}`, response: ended })
  if (style.done === true) frames.push({ kind: 'event', atMs: last, data: DONE })
  return eventStreamReply(frames)
}

function isOfMinimum({ type, item }: JsonObject & { readonly type: string }): boolean {
  return MINIMAL.test(type) && (item === undefined || (item as JsonObject)['type'] !== 'message')
}

/** As the sample of ElevenLabs has it. */
function minimal(type: string, rest: JsonObject): JsonObject {
  const { delta } = rest
  return delta === undefined ? { type, ...rest } : { type, delta }
}
