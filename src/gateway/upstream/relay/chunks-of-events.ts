import {
  isJsonObject,
  isTerminalType,
  Joining,
  type Json,
  type JsonObject,
  type OutputItem,
  readResponse,
} from '../../../protocol/index.ts'
import type { Saying } from '../upstream.ts'

/** OpenAI takes back no longer id of a call. */
const LONGEST_ID = 64
/** What a call is named; the second as chat completions have it. */
const CALLS: ReadonlySet<unknown> = new Set(['function_call', 'function'])

/** Reads the events of the Responses API as chunks of chat completions, one after the other. */
export class ChunksOfEvents {
  readonly #joining = new Joining()
  #events = 0
  #calls = 0
  #envelope: JsonObject = {}
  #text = ''
  /** Of the part that is being said. */
  #hasPart = false

  /** What an event says; nothing, where no chunk would say it. */
  take(saying: Saying): readonly Saying[] {
    if (saying.kind !== 'chunk') return [saying]
    const event = named(saying.chunk)
    const { type, response } = event
    if (typeof type !== 'string' || type === '') return [saying]
    if (isJsonObject(response)) this.#noteEnvelope(response)
    const joining = this.#joining
    const before = joining.pieces.length
    joining.add(this.#events++, { kind: 'event', type, json: event })
    const said = joining.pieces.splice(before).flatMap((piece): Saying[] => {
      switch (piece.kind) {
        case 'text':
          this.#hasPart = true
          return this.#say(piece.text)
        case 'reasoning':
          return [this.#delta({ reasoning_content: piece.text })]
        case 'refusal':
          return [this.#delta({ refusal: piece.text })]
        case 'usage':
          return [this.#chunk({ choices: [], usage: usageIn(response) })]
        case 'finish':
          return [
            ...this.#missedIn(response),
            this.#finish(cutIn(response) ?? piece.reason ?? 'length'),
          ]
        case 'error':
          return [{ kind: 'chunk', chunk: { error: errorIn(event) } }]
        default:
          return []
      }
    })
    if (type === 'response.output_item.done') return [...this.#itemIn(event['item']), ...said]
    if (type === 'response.output_text.done') return [...said, ...this.#textIn(event)]
    return said
  }

  /** Ends a response that lacks its last event, where nothing else is missing: each item that it began is whole. */
  end(): readonly Saying[] {
    const { items, terminals } = this.#joining
    if (terminals.length > 0 || items.length === 0 || items.some(({ done }) => !done)) return []
    const wasCut = items.some(({ done }) => done?.item['status'] === 'incomplete')
    return [this.#finish(wasCut ? 'length' : 'stop')]
  }

  /** The text of a part that came without deltas. */
  #textIn({ text }: JsonObject): Saying[] {
    const wasSaid = this.#hasPart
    this.#hasPart = false
    if (wasSaid || typeof text !== 'string' || text === '') return []
    return this.#say(text)
  }

  /** What a whole item holds, and no event before it has told. */
  #itemIn(item: Json | undefined): Saying[] {
    if (!isJsonObject(item)) return []
    const open = this.#joining.items.find(({ done }) => done?.item === item)
    if (CALLS.has(item['type'])) return this.#callIn(item, open?.call)
    const hasText = open?.parts.some(({ kind, text }) => kind === 'text' && text !== '') ?? false
    const text = readWhole({ output: [item] })?.text ?? ''
    // Where its pieces were told under another index, it is known by its words.
    return hasText || text === '' || this.#text.includes(text) ? [] : this.#say(text)
  }

  /** A call, when it is whole; what its item lacks was told before. */
  #callIn(item: JsonObject, before?: OutputItem['call']): Saying[] {
    const { name, arguments: told } = isJsonObject(item['function']) ? item['function'] : item
    const id = item['call_id'] ?? before?.id ?? null
    const isLong = typeof id === 'string' && id.length > LONGEST_ID
    const call = {
      index: this.#calls++,
      ...(!isLong && { id }),
      type: 'function',
      function: {
        name: name ?? before?.name ?? null,
        arguments: (told === '' ? undefined : told) ?? before?.arguments ?? null,
      },
    }
    return [this.#delta({ tool_calls: [call] })]
  }

  /** What the whole response holds, and no event has told: calls by their place, since ids may change. */
  #missedIn(response: Json | undefined): Saying[] {
    if (!isJsonObject(response)) return []
    const text = this.#text === '' ? readWhole(response)?.text : undefined
    const { output } = response
    const listed = (Array.isArray(output) ? output : [])
      .filter(isJsonObject)
      .filter((item) => CALLS.has(item['type']))
    return [
      ...(text ? this.#say(text) : []),
      ...listed.slice(this.#calls).flatMap((item) => this.#callIn(item)),
    ]
  }

  #say(text: string): Saying[] {
    this.#text += text
    return [this.#delta({ content: text })]
  }

  #finish(reason: string): Saying {
    return this.#chunk({ choices: [{ index: 0, delta: {}, finish_reason: reason }] })
  }

  #noteEnvelope({ id, created_at: created, model }: JsonObject): void {
    this.#envelope = {
      ...(id !== undefined && { id }),
      ...(created !== undefined && { created }),
      ...(model !== undefined && { model }),
    }
  }

  #delta(delta: JsonObject): Saying {
    return this.#chunk({ choices: [{ index: 0, delta, finish_reason: null }] })
  }

  #chunk(rest: JsonObject): Saying {
    return { kind: 'chunk', chunk: { ...this.#envelope, object: 'chat.completion.chunk', ...rest } }
  }
}

/** The end of a response may be named as the Realtime API names it. */
function named(event: JsonObject): JsonObject {
  const { type, response } = event
  if (type !== 'response.done' || !isJsonObject(response)) return event
  const { status } = response
  const terminal = typeof status === 'string' ? `response.${status}` : ''
  return { ...event, type: isTerminalType(terminal) ? terminal : 'response.completed' }
}

/** Some leave out of a response what it is. */
function readWhole(response: JsonObject): ReturnType<typeof readResponse> {
  return readResponse({ status: 'completed', ...response, object: 'response' })
}

/** A response may be called completed, although it tells which limit has cut it. */
function cutIn(response: Json | undefined): string | undefined {
  const details = isJsonObject(response) ? response['incomplete_details'] : undefined
  return isJsonObject(details) && details['reason'] === 'max_output_tokens' ? 'length' : undefined
}

function usageIn(response: unknown): JsonObject {
  const usage = isJsonObject(response) && isJsonObject(response['usage']) ? response['usage'] : {}
  const { input_tokens_details: input, output_tokens_details: output } = usage
  return {
    prompt_tokens: usage['input_tokens'] ?? 0,
    completion_tokens: usage['output_tokens'] ?? 0,
    total_tokens: usage['total_tokens'] ?? 0,
    ...(isJsonObject(input) && { prompt_tokens_details: input }),
    ...(isJsonObject(output) && { completion_tokens_details: output }),
  }
}

/** It may be flat, nested, or that of the response. */
function errorIn({ error, response, ...flat }: JsonObject): JsonObject {
  if (isJsonObject(error)) return error
  const told = isJsonObject(response) ? response['error'] : undefined
  return isJsonObject(told) ? told : flat
}
