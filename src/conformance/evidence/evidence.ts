import {
  type ChatReading,
  type ExchangeReading,
  readChat,
  type Reading,
} from '../../protocol/index.ts'
import type { Exchange, SseEvent } from '../../wire/index.ts'
import { ChatEvidence } from './chat-evidence.ts'
import type { Expectation } from './expectation.ts'
import { findOtherApi, type SpokenApi } from './other-api.ts'
import { ReplyEvidence } from './reply-evidence.ts'

/**
 * What checks look at: one exchange, read as far as a check asks for. As HTTP, as a stream of events
 * and as a reply it is the same in all dialects; `chat` is for those who know the chunks of one.
 *
 * Each reading is made once and shared by all checks, unless memory is short. What exceeds `BOUNDS` is
 * not read.
 */
export class Evidence extends ReplyEvidence {
  static ofExchange(exchange: Exchange, expectation?: Expectation): Evidence {
    const { id, probe, decoded, arrivals } = exchange
    return new Evidence({ id, probe, exchange, arrivals: decoded ?? arrivals, expectation })
  }

  /** Of an answer that was read before. */
  static ofReading(answer: ExchangeReading): Evidence {
    const evidence = Evidence.ofExchange(answer.exchange)
    evidence.once('stream', () => answer.stream)
    evidence.once('read', () => answer.reading)
    return evidence
  }

  static ofBody(name: string, bytes: Uint8Array): Evidence {
    const arrivals = [{ atMs: 0, bytes }]
    return new Evidence({
      id: name,
      probe: name,
      exchange: undefined,
      arrivals,
      expectation: undefined,
    })
  }

  /** What all events say, be it in another dialect. */
  get #read(): ChatReading {
    return this.once('read', () => readChat(this.stream.events))
  }

  get done(): SseEvent | undefined {
    const { terminator } = this.#read
    return terminator === undefined ? undefined : this.stream.events[terminator]
  }

  /** The API that the answer speaks, where that is not chat completions. */
  get otherApi(): SpokenApi | undefined {
    return this.once('otherApi', () => findOtherApi(this, this.#read))
  }

  /** Nothing, where the answer speaks another API. */
  get reading(): Reading {
    return this.#reading
  }

  get #reading(): ChatReading {
    return this.once('reading', () => (this.otherApi ? readChat([]) : this.#read))
  }

  /** The reply as chunks of chat completions. */
  get chat(): ChatEvidence {
    return this.once(
      'chat',
      () => new ChatEvidence(this.stream.events, this.#read.payloads, this.#reading),
    )
  }
}
