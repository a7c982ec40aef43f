import {
  type ChatRequest,
  isJsonObject,
  isResult,
  type Json,
  type JsonObject,
  offersOf,
} from '../../protocol/index.ts'
import { UpstreamError } from '../upstream/upstream-error.ts'
import type { Saying } from '../upstream/upstream.ts'
import { ChoiceRepair } from './choice-repair.ts'
import { type Envelope, envelopeOf, hasEnvelope, newEnvelope } from './envelope.ts'
import { readUsage, type ToldUsage, writeUsage } from './read-usage.ts'

/** A chunk that keeps the contract; `data` where it stands in the words of the upstream. */
export interface Sent {
  readonly chunk: JsonObject
  readonly data?: string
  /** Whether the caller hears it, or a tool is called by it. */
  readonly isContent: boolean
}

export interface RepairOptions {
  /** Whether reasoning is sent on. */
  readonly sendsReasoning: boolean
  /** Whether answers of this upstream begin within reasoning that the prompt has opened. */
  readonly isReasoning: boolean
  /** Whether the caller is told what was used. */
  readonly tellsUsage: boolean
}

/**
 * Makes of what an upstream says an answer that keeps the contract, chunk by chunk: nothing is spoken
 * that should not be, each call is whole, and what an answer needs is there once. Chunks that need no
 * repair pass as they are. Pure: it waits for nothing.
 */
export class Repair {
  /** Whether the upstream has begun to say something, be it held back. */
  isBegun = false
  /** Whether it says that nothing follows. */
  isDone = false
  usage: ToldUsage | undefined
  /** Of the first choice. */
  finishReason: string | undefined
  readonly #request: ChatRequest
  readonly #options: RepairOptions
  readonly #tools: ReadonlySet<string>
  readonly #usedIds: ReadonlySet<string>
  readonly #choices = new Map<number, ChoiceRepair>()
  #envelope: Envelope | undefined
  readonly #withRole = new Set<number>()
  #toldUsage: JsonObject | undefined

  constructor(request: ChatRequest, options: RepairOptions) {
    this.#request = request
    this.#options = options
    this.#tools = new Set(offersOf(request).map(({ name }) => name))
    this.#usedIds = usedIdsOf(request)
  }

  /** Whether every choice has told why it ended. */
  get isFinished(): boolean {
    if (this.#choices.size < (this.#request.n ?? 1)) return false
    for (const choice of this.#choices.values()) if (!choice.isFinished) return false
    return true
  }

  /** What the caller hears of the first choice. */
  get said(): string {
    return this.#choices.get(0)?.said ?? ''
  }

  /** All that was thought, be it sent on or not. */
  get reasoning(): string {
    return [...this.#choices.values()].map(({ thought }) => thought).join('')
  }

  /** Whether reasoning ended that had not begun. */
  get hasStrayEnd(): boolean {
    return [...this.#choices.values()].some(({ speakable }) => speakable.hasStrayEnd)
  }

  /** Whether it ended of its own accord within reasoning. */
  get isAllReasoning(): boolean {
    const choices = [...this.#choices.values()]
    return choices.length > 0 && choices.every((choice) => choice.isAllReasoning)
  }

  /** @throws UpstreamError for what is an error, whatever it looks like. */
  take(saying: Saying): Sent[] {
    switch (saying.kind) {
      case 'done':
        this.isDone = true
        return []
      case 'comment':
        return []
      case 'chunk':
        return this.isDone ? [] : this.#takeChunk(saying.chunk, saying.data)
    }
  }

  /**
   * Ends the answer: what was held back, the finish reasons, the usage where it was asked for.
   *
   * @throws UpstreamError where it broke off, or says nothing.
   */
  end(): Sent[] {
    if (!this.isDone && !this.isFinished) {
      throw new UpstreamError('broken', 'its answer ended without finish_reason and [DONE]')
    }
    if (this.#choices.size === 0) throw new UpstreamError('garbled', 'the answer has no choices')
    const sent: Sent[] = []
    for (const [index, choice] of this.#choices) {
      const { deltas, finish } = choice.end()
      if (index === 0) this.finishReason = finish
      for (const delta of deltas) sent.push(this.#send({}, index, delta))
      sent.push({ chunk: this.#chunkOf({}, index, {}, finish), isContent: false })
    }
    if (this.#options.tellsUsage && this.usage) {
      const usage = writeUsage(this.usage, this.#toldUsage)
      sent.push({ chunk: { ...this.#envelopeFor({}), choices: [], usage }, isContent: false })
    }
    return sent
  }

  #takeChunk(chunk: JsonObject, data: string | undefined): Sent[] {
    refuseError(chunk)
    const { usage, choices } = chunk
    if (usage !== undefined && usage !== null) this.#takeUsage(usage)
    // Some have their one choice in place of a chunk.
    const isBare = !Array.isArray(choices) && isSpoken(chunk)
    const list = isBare ? [chunk] : Array.isArray(choices) ? choices : []
    if (list.length === 0) return []
    this.#envelope ??= envelopeOf(chunk, this.#request.model)
    const isAlone = list.length === 1
    if (isAlone && this.#passes(chunk, list[0]!)) {
      return [{ chunk, ...(data !== undefined && { data }), isContent: true }]
    }
    const shared = isBare ? {} : chunk
    const take = (choice: Json, at: number) => {
      if (!isJsonObject(choice)) return []
      const index = isAlone ? this.#indexOf(choice) : indexAmong(choice, at)
      // Nobody asked for more.
      return index < (this.#request.n ?? 1) ? this.#takeChoice(shared, choice, index) : []
    }
    return isAlone ? take(list[0]!, 0) : list.flatMap(take)
  }

  /** Whether a chunk can be sent as it is. */
  #passes(chunk: JsonObject, choice: Json): boolean {
    if (!isJsonObject(choice) || choice['finish_reason'] !== null) return false
    if (!hasEnvelope(chunk, this.#envelope!) || chunk['usage']) return false
    const { delta, index } = choice
    if (!isJsonObject(delta) || typeof index !== 'number') return false
    const { content } = delta
    if (typeof content !== 'string' || content === '') return false
    for (const key in delta) {
      if (key !== 'content' && delta[key] !== null && key !== 'role') return false
    }
    if ('role' in delta && delta['role'] !== 'assistant') return false
    return this.#choices.get(index)?.takesAsItIs(content) ?? false
  }

  #takeChoice(chunk: JsonObject, told: JsonObject, index: number): Sent[] {
    let choice = this.#choices.get(index)
    if (!choice) {
      choice = new ChoiceRepair({
        tools: this.#tools,
        usedIds: this.#usedIds,
        hasFunctions: (this.#request.functions ?? null) !== null,
        isData: (this.#request.response_format?.type ?? 'text') !== 'text',
        ...this.#options,
      })
      this.#choices.set(index, choice)
    }
    const delta = choice.take(deltaOf(told), finishOf(told))
    if (choice.isBegun) this.isBegun = true
    return delta ? [this.#send(chunk, index, delta, told['logprobs'])] : []
  }

  /** Who asked for one answer gets one, however its pieces are numbered. */
  #indexOf(choice: JsonObject): number {
    const index = indexAmong(choice, 0)
    return index < (this.#request.n ?? 1) ? index : 0
  }

  #send(chunk: JsonObject, index: number, delta: JsonObject, logprobs?: Json): Sent {
    const isContent = 'content' in delta || 'tool_calls' in delta || 'function_call' in delta
    return { chunk: this.#chunkOf(chunk, index, delta, null, logprobs), isContent }
  }

  #chunkOf(
    { usage: _usage, ...chunk }: JsonObject,
    index: number,
    delta: JsonObject,
    finish_reason: string | null,
    logprobs?: Json,
  ): JsonObject {
    const role = this.#withRole.has(index) ? {} : { role: 'assistant' }
    this.#withRole.add(index)
    const choice = { index, delta: { ...role, ...delta }, finish_reason }
    return {
      ...chunk,
      ...this.#envelopeFor(chunk),
      choices: [logprobs === undefined ? choice : { ...choice, logprobs }],
    }
  }

  #envelopeFor(chunk: JsonObject): JsonObject {
    this.#envelope ??=
      Object.keys(chunk).length > 0
        ? envelopeOf(chunk, this.#request.model)
        : newEnvelope(this.#request.model)
    return { ...this.#envelope }
  }

  #takeUsage(usage: Json): void {
    const read = readUsage(usage)
    if (!read) return
    this.usage = read
    this.#toldUsage = usage as JsonObject
  }
}

/** As it is numbered, else by its place. */
function indexAmong({ index }: JsonObject, at: number): number {
  return typeof index === 'number' && Number.isSafeInteger(index) && index >= 0 ? index : at
}

/** Some answer with an error in place of a chunk, and status 200. */
function refuseError(chunk: JsonObject): void {
  const isNamed = chunk['model'] === 'error'
  const error = chunk['error'] ?? chunk['detail'] ?? (isNamed ? chunk : null)
  if (error === null || error === false) return
  const message = isJsonObject(error) ? error['message'] : error
  const text = typeof message === 'string' ? message : JSON.stringify(error)
  throw new UpstreamError('failed', `it says: ${text}`)
}

/** What a choice says: as a delta, or as other APIs have it. */
function deltaOf(choice: JsonObject): JsonObject {
  const { delta, message, text } = choice
  if (isJsonObject(delta)) return delta
  if (isJsonObject(message)) return message
  return typeof text === 'string' ? { content: text } : {}
}

/** Why a choice ended, if it did. */
function finishOf({ finish_reason, done, done_reason }: JsonObject): Json | undefined {
  return finish_reason ?? (done === true ? (done_reason ?? 'stop') : undefined)
}

/** Whether an object without choices is one: as Ollama has it. */
function isSpoken({ message, delta }: JsonObject): boolean {
  return isJsonObject(message) || isJsonObject(delta)
}

function usedIdsOf({ messages }: ChatRequest): ReadonlySet<string> {
  const results = messages.filter(isResult).map(({ tool_call_id }) => tool_call_id)
  const calls = messages.flatMap(({ tool_calls }) => tool_calls?.map(({ id }) => id) ?? [])
  return new Set([...results, ...calls].filter((id) => typeof id === 'string'))
}
