import {
  type ApiError,
  type ChatRequest,
  type Dialect,
  DONE,
  errorReply,
  type JsonObject,
  responses,
} from '../../protocol/index.ts'
import type { Envelope } from '../repair/envelope.ts'
import type { Sent } from '../repair/repair.ts'
import { collectCompletion } from './collect-completion.ts'
import { encodeSent } from './encode-sent.ts'
import { EventsOfChunks } from './events-of-chunks.ts'

/** Writes one answer, as it is made, in the dialect in which it was asked for. */
export interface AnswerWriter {
  /** Some chunks as server-sent events; in another envelope, where the answer has begun in it already. */
  readonly write: (sent: readonly Sent[], envelope: Envelope | undefined) => string
  /** The end of a stream that went well. */
  readonly end: () => string
  /** The end of one that broke. */
  readonly fail: (error: ApiError) => string
  /** All chunks as the one answer that is given where no stream was asked for, in place of all others. */
  readonly whole: (chunks: readonly JsonObject[]) => JsonObject
}

/** Makes a writer of the answer to a request. */
export function answerWriter({ id }: Dialect, request: ChatRequest): AnswerWriter {
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
