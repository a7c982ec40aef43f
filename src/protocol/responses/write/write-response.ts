import { jsonReply, type Reply } from '../../../wire/index.ts'
import type { Answer } from '../../answer.ts'
import type { ReplyForm } from '../../dialect.ts'
import { identify } from './identity.ts'
import { plannedItems, wholeItems } from './planned-items.ts'
import { responseObject, whyIncomplete } from './response-object.ts'
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
  if (request.stream) return streamResponse(answer!, form, usage, style)
  const identity = identify(form)
  const incomplete = whyIncomplete(answer!.finishReason)
  const reply = jsonReply(
    200,
    responseObject(request, identity, {
      status: incomplete === undefined ? 'completed' : 'incomplete',
      output: wholeItems(plannedItems(answer!, identity), answer!),
      usage,
      ...(incomplete !== undefined && { incomplete }),
    }),
  )
  const atMs = schedule?.(usage.completion_tokens).at(-1) ?? 0
  return atMs === 0
    ? reply
    : { ...reply, frames: reply.frames.map((frame) => ({ ...frame, atMs })) }
}
