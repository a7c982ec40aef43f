import {
  boundBody,
  type BoundedBody,
  decodeSse,
  type Exchange,
  type SseStream,
} from '../wire/index.ts'
import type { Dialect } from './dialect.ts'
import type { Reading } from './reading.ts'
import { spokenIn } from './spoken-in.ts'

/**
 * An exchange with what its answer says, each part made once, when it is first asked for. What exceeds
 * `BOUNDS` is not read.
 */
export class ExchangeReading {
  readonly exchange: Exchange
  readonly dialect: Dialect
  #bounded: BoundedBody | undefined
  #stream: SseStream | undefined
  #reading: Reading | undefined

  constructor(exchange: Exchange, dialect: Dialect = spokenIn(exchange)) {
    this.exchange = exchange
    this.dialect = dialect
  }

  /** The body of the answer as far as it is read, in pieces, without its content coding. */
  get bounded(): BoundedBody {
    const { decoded, arrivals } = this.exchange
    return (this.#bounded ??= boundBody(decoded ?? arrivals))
  }

  get stream(): SseStream {
    return (this.#stream ??= decodeSse(this.bounded.arrivals))
  }

  get reading(): Reading {
    return (this.#reading ??= this.dialect.readReply(this.stream.events))
  }
}
