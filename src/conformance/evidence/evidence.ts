import {
  chat,
  type ChatReading,
  type Dialect,
  type Call,
  type ExchangeReading,
  readChat,
  type Reading,
  readPayload,
  type ResponsesReading,
  type Spot,
  type TextPiece,
} from '../../protocol/index.ts'
import type { Exchange, SseEvent } from '../../wire/index.ts'
import { ChatEvidence, type Datum } from './chat-evidence.ts'
import type { Expectation } from './expectation.ts'
import { findOtherApi, type SpokenApi } from './other-api.ts'
import { ResponsesEvidence, type ResponsesDatum } from './responses-evidence.ts'
import { ReplyEvidence } from './reply-evidence.ts'

/**
 * What checks look at: one exchange, read as far as a check asks for. As HTTP, as a stream of events
 * and as a reply it is the same in all dialects; `chat` is for those who know the chunks of one.
 *
 * Each reading is made once and shared by all checks, unless memory is short. What exceeds `BOUNDS` is
 * not read.
 */
export class Evidence extends ReplyEvidence {
  static ofExchange(exchange: Exchange, expectation?: Expectation, dialect?: Dialect): Evidence {
    const { id, probe, decoded, arrivals } = exchange
    return new Evidence({
      id,
      probe,
      exchange,
      arrivals: decoded ?? arrivals,
      expectation,
      dialect,
    })
  }

  /** Of an answer that was read before. */
  static ofReading(answer: ExchangeReading): Evidence {
    const evidence = Evidence.ofExchange(answer.exchange, undefined, answer.dialect)
    evidence.once('stream', () => answer.stream)
    evidence.once('read', () => answer.reading)
    return evidence
  }

  static ofBody(name: string, bytes: Uint8Array, dialect?: Dialect): Evidence {
    const arrivals = [{ atMs: 0, bytes }]
    return new Evidence({ id: name, probe: name, arrivals, dialect })
  }

  /** What all events say, be it in another API than the one that was asked. */
  get #read(): Reading {
    return this.once('read', () => this.dialect.readReply(this.stream.events))
  }

  /** The same as chunks of chat completions, where these were asked for. */
  get #readAsChat(): ChatReading {
    const read = this.#read
    if (isChat(read)) return read
    throw new TypeError(`an answer in ${this.dialect.id} has no chunks of chat completions`)
  }

  get done(): SseEvent | undefined {
    const { terminator } = this.#read
    return terminator === undefined ? undefined : this.stream.events[terminator]
  }

  /** The API that the answer speaks, where chat completions were asked for. */
  get otherApi(): SpokenApi | undefined {
    return this.once('otherApi', () =>
      this.dialect.id === chat.id ? findOtherApi(this, this.#readAsChat) : undefined,
    )
  }

  /** Nothing, where the answer speaks another API. */
  get reading(): Reading {
    return this.once('reading', () => (this.otherApi ? this.dialect.readReply([]) : this.#read))
  }

  /** What each event holds, those after the terminator included. */
  get data(): readonly (Datum | ResponsesDatum)[] {
    return this.once('data', () => {
      const read = this.#read
      if (isChat(read)) return this.chat.data
      if (isResponses(read)) return this.responses.data
      return this.stream.events.map((event) => ({ event, payload: readPayload(event.data) }))
    })
  }

  /** The runs of text that clients join: of each choice, or of each part of a message. */
  get runs(): readonly (readonly TextPiece[])[] {
    return this.once('runs', () => {
      const read = this.#read
      const runs = isResponses(read)
        ? read.items.flatMap(({ parts }) => parts.map(({ pieces }) => pieces))
        : [...this.spokenByChoice.values()]
      return runs.filter(({ length }) => length > 0)
    })
  }

  /** The pieces in which the arguments of calls come. */
  get passed(): readonly (Spot & { readonly text: string })[] {
    const read = this.#read
    if (isChat(read)) {
      return this.chat.calls.flatMap(({ fragments }) =>
        fragments.flatMap(({ event, path, function: { arguments: text } }) =>
          typeof text === 'string' ? { event, path: `${path}/function/arguments`, text } : [],
        ),
      )
    }
    if (!isResponses(read)) return []
    return this.responses.events.flatMap(({ event, type, json: { delta: text } }) =>
      OF_CALL.test(type) && typeof text === 'string'
        ? { event: event.index, path: '/delta', text }
        : [],
    )
  }

  /** Where the arguments of a call end. */
  whereArguments({ latest }: Pick<Call, 'latest'>) {
    return this.where(latest, isChat(this.#read) ? '/function/arguments' : '')
  }

  /** Where a call says its id, or its name. */
  whereCall({ opening }: Pick<Call, 'opening'>, member: 'id' | 'name') {
    if (isChat(this.#read)) return this.where(opening, member === 'id' ? '/id' : '/function/name')
    const isItem = opening.path.endsWith('/item')
    return this.where(opening, isItem ? `/${member === 'id' ? 'call_id' : 'name'}` : '')
  }

  /**
   * The reply as chunks of chat completions.
   *
   * @throws TypeError for an answer in another dialect, which no check of chunks may judge.
   */
  get chat(): ChatEvidence {
    return this.once('chat', () => {
      const read = this.#readAsChat
      return new ChatEvidence(this.stream, read, this.otherApi ? readChat([]) : read)
    })
  }

  /**
   * The reply as events of the Responses API.
   *
   * @throws TypeError for an answer in another dialect, which no check of these events may judge.
   */
  get responses(): ResponsesEvidence {
    return this.once('responses', () => {
      const read = this.#read
      if (isResponses(read)) return new ResponsesEvidence(this.stream, read)
      throw new TypeError(`an answer in ${this.dialect.id} has no events of the Responses API`)
    })
  }
}

const OF_CALL = /^response\.(?:function_call_arguments|custom_tool_call_input)\.delta$/

function isResponses(reading: Reading): reading is ResponsesReading {
  return 'items' in reading
}

function isChat(reading: Reading): reading is ChatReading {
  return 'choicePieces' in reading
}
