import { isJsonObject, Joining, type JsonObject, readEvent } from '../../../protocol/index.ts'
import type { Saying } from '../upstream.ts'

/** Reads the events of the Responses API as chunks of chat completions, one after the other. */
export class ChunksOfEvents {
  readonly #joining = new Joining()
  #events = 0
  #calls = 0
  #envelope: JsonObject = {}

  /** What an event says; nothing, where no chunk would say it. */
  take(saying: Saying): readonly Saying[] {
    if (saying.kind !== 'chunk') return [saying]
    const { type, response } = saying.chunk
    if (typeof type !== 'string') return [saying]
    if (isJsonObject(response)) this.#noteEnvelope(response)
    const joining = this.#joining
    const before = joining.pieces.length
    joining.add(this.#events++, readEvent(JSON.stringify(saying.chunk)))
    const said = joining.pieces.splice(before).flatMap((piece): Saying[] => {
      switch (piece.kind) {
        case 'text':
          return [this.#delta({ content: piece.text })]
        case 'reasoning':
          return [this.#delta({ reasoning_content: piece.text })]
        case 'refusal':
          return [this.#delta({ refusal: piece.text })]
        case 'usage':
          return [this.#chunk({ choices: [], usage: usageIn(response) })]
        case 'finish':
          return [
            this.#chunk({
              choices: [{ index: 0, delta: {}, finish_reason: piece.reason ?? 'stop' }],
            }),
          ]
        case 'error':
          return [{ kind: 'chunk', chunk: { error: errorIn(saying.chunk) } }]
        default:
          return []
      }
    })
    return type === 'response.output_item.done' ? [...this.#callIn(saying.chunk), ...said] : said
  }

  /** A call, when it is whole. */
  #callIn({ item }: JsonObject): Saying[] {
    if (!isJsonObject(item) || item['type'] !== 'function_call') return []
    const { call_id: id, name, arguments: told } = item
    const call = {
      index: this.#calls++,
      id: id!,
      type: 'function',
      function: { name: name!, arguments: told! },
    }
    return [this.#delta({ tool_calls: [call] })]
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
