import { jsonReply, type Reply } from '../../../wire/index.ts'
import type { Answer } from '../../answer.ts'
import type { ReplyForm } from '../../dialect.ts'
import type { JsonObject } from '../../json/json.ts'
import { keptResponse } from './kept-response.ts'
import { plannedResponse, wholeResponse } from './planned-response.ts'
import type { ResponseStyle } from './response-style.ts'
import { streamResponse } from './stream-response.ts'

/** Writes the first of some answers, since this API has no more, as a response or as a stream of events. */
export async function writeResponse(
  [answer]: readonly Answer[],
  form: ReplyForm,
  style: ResponseStyle,
): Promise<Reply> {
  const { request, schedule } = form
  const usage = await form.usage()
  const planned = plannedResponse(answer!, form, usage)
  if ((request as unknown as JsonObject)['store'] !== false) {
    form.keep?.(keptResponse(planned, style))
  }
  if (request.stream) return streamResponse(planned, style, schedule)
  const reply = jsonReply(200, wholeResponse(planned))
  const atMs = schedule?.(usage.completion_tokens).at(-1) ?? 0
  return atMs === 0
    ? reply
    : { ...reply, frames: reply.frames.map((frame) => ({ ...frame, atMs })) }
}
