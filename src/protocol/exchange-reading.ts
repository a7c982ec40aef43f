import {
  boundBody,
  type BoundedBody,
  decodeSse,
  type Exchange,
  type SseStream,
} from '../wire/index.ts'
import { type ChatReading, readChat } from './chat/read-chat.ts'

/**
 * An exchange with what its answer says, each part made once, when it is first asked for. What exceeds
 * `BOUNDS` is not read.
 */
export class ExchangeReading {
  readonly exchange: Exchange
  #bounded: BoundedBody | undefined
  #stream: SseStream | undefined
  #reading: ChatReading | undefined

  constructor(exchange: Exchange) {
    this.exchange = exchange
  }

  /** The body of the answer as far as it is read, in pieces, without its content coding. */
  get bounded(): BoundedBody {
    const { decoded, arrivals } = this.exchange
    return (this.#bounded ??= boundBody(decoded ?? arrivals))
  }

  get stream(): SseStream {
    return (this.#stream ??= decodeSse(this.bounded.arrivals))
  }

  get reading(): ChatReading {
    return (this.#reading ??= readChat(this.stream.events))
  }
}
