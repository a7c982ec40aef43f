import type { Reply } from '../../../wire/index.ts'
import type { Answer } from '../../answer.ts'
import type { ReplyForm } from '../../dialect.ts'
import { completeAnswers } from './complete-answers.ts'
import { identify } from './identity.ts'
import { streamAnswers } from './stream-answers.ts'

/** Writes answers as a chat completion, or as a stream of its chunks. */
export async function writeChat(answers: readonly Answer[], form: ReplyForm): Promise<Reply> {
  const { request, usage, schedule } = form
  const identity = identify(form)
  if (!request.stream) return completeAnswers(answers, identity, await usage(), schedule)
  const isTold = request.stream_options?.include_usage ?? false
  return streamAnswers(answers, identity, isTold ? await usage() : undefined, schedule)
}
