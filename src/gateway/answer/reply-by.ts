import { errorReply } from '../../protocol/index.ts'
import { type AnyReply, eventStreamReply, jsonReply } from '../../wire/index.ts'
import type { AnswerReader } from './answer-reader.ts'
import type { Answering } from './answering.ts'
import { collectCompletion } from './collect-completion.ts'

/** The reply to one who reads an answer: as a stream, as soon as something is said; or whole. */
export async function replyBy(
  reader: AnswerReader,
  answering: Answering,
  isStreamed: boolean,
): Promise<AnyReply> {
  await answering.more(0)
  if (isStreamed && answering.pieces.length > 0) return { ...eventStreamReply([]), frames: reader }
  while (!answering.ended) await answering.more(answering.pieces.length)
  reader.readWhole()
  const { failure, chunks } = answering
  if (failure) return errorReply(failure)
  return jsonReply(200, collectCompletion(chunks))
}
