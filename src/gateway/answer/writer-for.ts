import {
  type ChatRequest,
  type Dialect,
  DONE,
  errorReply,
  responses,
} from '../../protocol/index.ts'
import type { AnswerWriter } from './answer-writer.ts'
import { collectCompletion } from './collect-completion.ts'
import { encodeSent } from './encode-sent.ts'
import { EventsOfChunks } from './events-of-chunks.ts'

/** Makes a writer of the answer to a request. */
export function writerFor({ id }: Dialect, request: ChatRequest): AnswerWriter {
  return id === responses.id ? new EventsOfChunks(request) : inChunks
}

const inChunks: AnswerWriter = {
  write: encodeSent,
  end: () => `data: ${DONE}\n\n`,
  fail(error) {
    const [frame] = errorReply(error).frames
    return `data: ${frame?.kind === 'bytes' ? String(frame.bytes) : ''}\n\n`
  },
  whole: collectCompletion,
}
