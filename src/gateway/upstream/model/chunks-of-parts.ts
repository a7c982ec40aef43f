import type { JsonObject } from '../../../protocol/index.ts'
import { UpstreamError } from '../upstream-error.ts'
import type { Saying } from '../upstream.ts'
import type { StreamPart } from './stream-part.ts'
import { toUpstreamError } from './to-upstream-error.ts'
import { toUsage } from './to-usage.ts'

type Part<Type extends StreamPart['type']> = Extract<StreamPart, { type: Type }>

/** A call of a tool, as far as it was sent on. */
interface SentCall {
  readonly index: number
  /** Whether what comes before the whole call is its JSON. */
  readonly isJson: boolean
  input: string
}

const NOTHING: readonly Saying[] = []

/** Makes chunks of what a language model says; one for each answer. */
export class ChunksOfParts {
  readonly #envelope: JsonObject
  /** By id, those that the caller is to make; they may come interleaved. */
  readonly #calls = new Map<string, SentCall>()
  #hasBegun = false
  #areFinished = false

  constructor(model: string) {
    this.#envelope = {
      id: `chatcmpl-${crypto.randomUUID().replaceAll('-', '')}`,
      object: 'chat.completion.chunk',
      created: Math.floor(Date.now() / 1000),
      model,
    }
  }

  /** Whether nothing follows. */
  get areFinished(): boolean {
    return this.#areFinished
  }

  /**
   * What a part says.
   *
   * @throws UpstreamError where it says that something broke.
   */
  take(part: StreamPart): readonly Saying[] {
    if (this.#areFinished) return NOTHING
    switch (part.type) {
      case 'text-delta':
        return part.delta === '' ? NOTHING : [this.#delta({ content: part.delta })]
      case 'reasoning-delta':
        return part.delta === '' ? NOTHING : [this.#delta({ reasoning_content: part.delta })]
      case 'tool-input-start':
        return this.#beginCall(part)
      case 'tool-input-delta':
        return this.#continueCall(part)
      case 'tool-call':
        return this.#completeCall(part)
      case 'finish':
        return this.#finish(part)
      case 'error':
        throw toUpstreamError(part.error, 'answering')
      case 'ping':
        return [{ kind: 'comment', text: 'ping' }]
      case 'stream-start':
      case 'response-metadata':
      case 'text-start':
      case 'text-end':
      case 'reasoning-start':
      case 'reasoning-end':
      case 'tool-input-end':
      case 'tool-result':
      case 'tool-approval-request':
      case 'custom':
      case 'source':
      case 'file':
      case 'reasoning-file':
      case 'raw':
        return NOTHING
      default:
        return unheardOf(part)
    }
  }

  #beginCall(part: Part<'tool-input-start'>): readonly Saying[] {
    if (part.providerExecuted || this.#calls.has(part.id)) return NOTHING
    const isJson = !('inputEncoding' in part && part.inputEncoding === 'text')
    return [this.#newCall(part.id, part.toolName, '', isJson)]
  }

  #continueCall({ id, delta }: Part<'tool-input-delta'>): readonly Saying[] {
    const call = this.#calls.get(id)
    return call?.isJson && delta !== '' ? [this.#input(call, delta)] : NOTHING
  }

  #completeCall(part: Part<'tool-call'>): readonly Saying[] {
    if (part.providerExecuted) return NOTHING
    const input = part.input.trim() === '' ? '{}' : part.input
    const call = this.#calls.get(part.toolCallId)
    if (call === undefined) return [this.#newCall(part.toolCallId, part.toolName, input, true)]
    const missing = input.startsWith(call.input) ? input.slice(call.input.length) : ''
    return missing === '' ? NOTHING : [this.#input(call, missing)]
  }

  #finish({ finishReason, usage }: Part<'finish'>): readonly Saying[] {
    const reason = this.#reasonOf(finishReason.unified, finishReason.raw)
    // Where it stopped for another reason, a call without arguments is one that was cut.
    const empty =
      reason === 'tool_calls' ? [...this.#calls.values()].filter(({ input }) => input === '') : []
    const told = toUsage(usage)
    this.#areFinished = true
    return [
      ...empty.map((call) => this.#input(call, '{}')),
      this.#delta({}, reason),
      ...(told === undefined ? [] : [this.#chunk({ choices: [], usage: told })]),
      { kind: 'done' },
    ]
  }

  #reasonOf(unified: Part<'finish'>['finishReason']['unified'], raw: string | undefined): string {
    switch (unified) {
      case 'length':
        return 'length'
      case 'content-filter':
        return 'content_filter'
      case 'error':
        throw new UpstreamError('failed', `The model stopped: ${raw ?? 'error'}`)
      case 'interrupted':
        throw new UpstreamError('broken', 'The answer broke off.')
      // Providers differ in what they call an end with calls, and count those that they made themselves.
      default:
        return this.#calls.size > 0 ? 'tool_calls' : 'stop'
    }
  }

  #newCall(id: string, name: string, input: string, isJson: boolean): Saying {
    const index = this.#calls.size
    this.#calls.set(id, { index, isJson, input })
    return this.#delta({
      tool_calls: [{ index, id, type: 'function', function: { name, arguments: input } }],
    })
  }

  #input(call: SentCall, more: string): Saying {
    call.input += more
    return this.#delta({ tool_calls: [{ index: call.index, function: { arguments: more } }] })
  }

  #delta(delta: JsonObject, finishReason: string | null = null): Saying {
    const whole = this.#hasBegun ? delta : { role: 'assistant', ...delta }
    this.#hasBegun = true
    return this.#chunk({ choices: [{ index: 0, delta: whole, finish_reason: finishReason }] })
  }

  #chunk(said: JsonObject): Saying {
    return { kind: 'chunk', chunk: { ...this.#envelope, ...said } }
  }
}

/** A package may be newer than these types; what it adds is no word. */
function unheardOf(_part: never): readonly Saying[] {
  return NOTHING
}
