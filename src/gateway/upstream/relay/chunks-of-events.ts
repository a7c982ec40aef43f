import {
  isJsonObject,
  isTerminalType,
  Joining,
  type Json,
  type JsonObject,
  readEvent,
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
  #hasText = false
  /** Of the part that is being said. */
  #hasPart = false

  /** What an event says; nothing, where no chunk would say it. */
  take(saying: Saying): readonly Saying[] {
    if (saying.kind !== 'chunk') return [saying]
    const event = named(saying.chunk)
    const { type, response } = event
    if (typeof type !== 'string') return [saying]
    if (isJsonObject(response)) this.#noteEnvelope(response)
    const joining = this.#joining
    const before = joining.pieces.length
    joining.add(this.#events++, readEvent(JSON.stringify(event)))
    const said = joining.pieces.splice(before).flatMap((piece): Saying[] => {
      switch (piece.kind) {
        case 'text':
          this.#hasText = this.#hasPart = true
          return [this.#delta({ content: piece.text })]
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
    if (type === 'response.output_item.done') return [...this.#callIn(event['item']), ...said]
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
    this.#hasText = true
    return [this.#delta({ content: text })]
  }

  /** A call, when it is whole. */
  #callIn(item: Json | undefined): Saying[] {
    if (!isJsonObject(item) || !CALLS.has(item['type'])) return []
    const { call_id: id } = item
    const { name, arguments: told } = isJsonObject(item['function']) ? item['function'] : item
    const isLong = typeof id === 'string' && id.length > LONGEST_ID
    const call = {
      index: this.#calls++,
      ...(!isLong && { id: id! }),
      type: 'function',
      function: { name: name!, arguments: told! },
    }
    return [this.#delta({ tool_calls: [call] })]
  }

  /** What the whole response holds, and no event has told: calls by their place, since ids may change. */
  #missedIn(response: Json | undefined): Saying[] {
    const text = this.#hasText ? undefined : readResponse(response)?.text
    const output = isJsonObject(response) ? response['output'] : undefined
    const listed = (Array.isArray(output) ? output : []).filter(
      (item) => isJsonObject(item) && CALLS.has(item['type']),
    )
    return [
      ...(text ? [this.#delta({ content: text })] : []),
      ...listed.slice(this.#calls).flatMap((item) => this.#callIn(item)),
    ]
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
