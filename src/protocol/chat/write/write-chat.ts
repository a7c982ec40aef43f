import type { Reply } from '../../../wire/index.ts'
import type { Answer } from '../../answer.ts'
import type { ReplyForm } from '../../dialect.ts'
import { breakOff } from './break-off.ts'
import { completeAnswers } from './complete-answers.ts'
import { identify } from './identity.ts'
import { streamAnswers } from './stream-answers.ts'

/** Writes answers as a chat completion, or as a stream of its chunks. */
export async function writeChat(answers: readonly Answer[], form: ReplyForm): Promise<Reply> {
  const { request, usage, schedule, failure } = form
  if (failure && !request.stream) return failure.reply
  const identity = identify(form)
  if (!request.stream) return completeAnswers(answers, identity, await usage(), schedule)
  const isTold = request.stream_options?.include_usage ?? false
  const reply = streamAnswers(answers, identity, isTold ? await usage() : undefined, schedule)
  return failure ? breakOff(reply, failure) : reply
}
