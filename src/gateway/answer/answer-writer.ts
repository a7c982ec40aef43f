import type { ApiError, JsonObject } from '../../protocol/index.ts'
import type { Envelope } from '../repair/envelope.ts'
import type { Sent } from '../repair/repair.ts'

/** Writes one answer, as it is made, in the dialect in which it was asked for. */
export interface AnswerWriter {
  /** Some chunks as server-sent events; in another envelope, where the answer has begun in it already. */
  readonly write: (sent: readonly Sent[], envelope: Envelope | undefined) => string
  /** The end of a stream that went well. */
  readonly end: () => string
  /** The end of one that broke. */
  readonly fail: (error: ApiError) => string
  /** The response that was streamed, where it can be gone on from. */
  readonly response?: () => JsonObject
  /** All chunks as the one answer that is given where no stream was asked for, in place of all others. */
  readonly whole: (chunks: readonly JsonObject[]) => JsonObject
}
