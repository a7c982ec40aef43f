import type { Reading } from '../../protocol/index.ts'
import type { Exchange, SseEvent, SseStream } from '../../wire/index.ts'

/** A reply, and when the events came that it was read from. */
export interface TimedReply {
  /** `undefined` where no clock ran. */
  readonly exchange: Exchange | undefined
  readonly stream: SseStream
  readonly reading: Reading
  /** The event that says that there is no more. */
  readonly done: SseEvent | undefined
}
