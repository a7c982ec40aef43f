import {
  type ApiError,
  type ChatRequest,
  DONE,
  isJsonObject,
  type Json,
  type JsonObject,
  responseObject,
  whyIncomplete,
} from '../../protocol/index.ts'
import type { Sent } from '../repair/repair.ts'
import type { AnswerWriter } from './answer-writer.ts'

/** An item of a response that is being written. */
interface OpenItem {
  readonly kind: 'message' | 'reasoning'
  readonly index: number
  readonly id: string
  /** Of a message, its parts; of reasoning, the one of its summary. */
  readonly parts: OpenPart[]
}

interface OpenPart {
  readonly kind: 'output_text' | 'refusal' | 'summary_text'
  text: string
}

/** Writes chunks that keep the contract as the events of the Responses API, one after the other. */
export class EventsOfChunks implements AnswerWriter {
  readonly #request: ChatRequest
  readonly #output: JsonObject[] = []
  readonly #identity = { responseId: newId('resp'), createdAt: Math.floor(Date.now() / 1_000) }
  #count = 0
  #open: OpenItem | undefined
  #finishReason = 'stop'
  #usage: JsonObject | undefined

  constructor(request: ChatRequest) {
    this.#request = request
  }

  write(sent: readonly Sent[]): string {
    let text = sent.length > 0 ? this.#begin() : ''
    for (const { chunk } of sent) text += this.#writeChunk(chunk)
    return text
  }

  end(): string {
    const begun = this.#begin()
    const incomplete = whyIncomplete(this.#finishReason)
    const closed = this.#close(incomplete === undefined ? 'completed' : 'incomplete')
    const status = incomplete === undefined ? 'completed' : 'incomplete'
    const last = this.#event(`response.${status}`, { response: this.response() })
    // OpenAI sends no such end, but ElevenLabs asks for it, and every client bears it.
    return `${begun}${closed}${last}data: ${DONE}\n\n`
  }

  fail({ message, type, param, code, status }: ApiError): string {
    const error = {
      type: type ?? 'server_error',
      code: code ?? null,
      message,
      param: param ?? null,
    }
    const begun = this.#begin()
    const told = {
      code: code ?? (status === 429 ? 'rate_limit_exceeded' : 'server_error'),
      message,
    }
    const response = responseObject(this.#request, this.#identity, {
      status: 'failed',
      output: this.#output,
      error: told,
    })
    // Some clients read what is nested, and some what is flat.
    return (
      begun +
      this.#event('error', { ...error, error }) +
      this.#event('response.failed', { response })
    )
  }

  whole(chunks: readonly JsonObject[]): JsonObject {
    for (const chunk of chunks) this.#writeChunk(chunk)
    this.#close(whyIncomplete(this.#finishReason) === undefined ? 'completed' : 'incomplete')
    return this.response()
  }

  response(): JsonObject {
    const incomplete = whyIncomplete(this.#finishReason)
    return {
      ...responseObject(this.#request, this.#identity, {
        status: incomplete === undefined ? 'completed' : 'incomplete',
        output: this.#output,
        ...(incomplete !== undefined && { incomplete }),
      }),
      usage: usageObject(this.#usage),
    }
  }

  #begin(): string {
    if (this.#count > 0) return ''
    const response = responseObject(this.#request, this.#identity, { status: 'in_progress' })
    return (
      this.#event('response.created', { response }) +
      this.#event('response.in_progress', { response })
    )
  }

  #writeChunk({ choices, usage }: JsonObject): string {
    if (isJsonObject(usage)) this.#usage = usage
    let text = ''
    for (const choice of Array.isArray(choices) ? choices : []) {
      if (isJsonObject(choice) && choice['index'] === 0) text += this.#writeChoice(choice)
    }
    return text
  }

  #writeChoice({ delta, finish_reason: reason }: JsonObject): string {
    let text = isJsonObject(delta) ? this.#writeDelta(delta) : ''
    if (typeof reason === 'string') {
      this.#finishReason = reason
      const isWhole = whyIncomplete(reason) === undefined
      text += this.#close(isWhole ? 'completed' : 'incomplete')
    }
    return text
  }

  #writeDelta({ content, refusal, reasoning_content: thought, tool_calls: calls }: JsonObject) {
    let text = ''
    if (isText(thought)) text += this.#say('reasoning', 'summary_text', thought)
    if (isText(content)) text += this.#say('message', 'output_text', content)
    if (isText(refusal)) text += this.#say('message', 'refusal', refusal)
    for (const call of Array.isArray(calls) ? calls : []) {
      if (isJsonObject(call)) text += this.#call(call)
    }
    return text
  }

  #say(kind: OpenItem['kind'], partKind: OpenPart['kind'], delta: string): string {
    let text = ''
    if (this.#open?.kind !== kind) text += this.#close('completed') + this.#openItem(kind)
    const item = this.#open!
    if (item.parts.at(-1)?.kind !== partKind) {
      text += this.#closePart(item) + this.#openPart(item, partKind)
    }
    item.parts.at(-1)!.text += delta
    const scores = partKind === 'output_text' && { logprobs: [] }
    return text + this.#event(`${STEM[partKind]}.delta`, { ...placeOf(item), delta, ...scores })
  }

  #openItem(kind: OpenItem['kind']): string {
    const index = this.#output.length
    const id = newId(kind === 'message' ? 'msg' : 'rs')
    this.#open = { kind, index, id, parts: [] }
    const item = wholeItem(this.#open, 'in_progress')
    return this.#event('response.output_item.added', { output_index: index, item })
  }

  #openPart(item: OpenItem, kind: OpenPart['kind']): string {
    const part = { kind, text: '' }
    item.parts.push(part)
    return this.#event(`${PART[item.kind]}.added`, { ...placeOf(item), part: wholePart(part) })
  }

  #closePart(item: OpenItem): string {
    const part = item.parts.at(-1)
    if (!part) return ''
    const told = part.kind === 'refusal' ? { refusal: part.text } : { text: part.text }
    const scores = part.kind === 'output_text' && { logprobs: [] }
    return (
      this.#event(`${STEM[part.kind]}.done`, { ...placeOf(item), ...told, ...scores }) +
      this.#event(`${PART[item.kind]}.done`, { ...placeOf(item), part: wholePart(part) })
    )
  }

  #close(status: 'completed' | 'incomplete'): string {
    const item = this.#open
    if (!item) return ''
    this.#open = undefined
    const text = this.#closePart(item)
    const whole = wholeItem(item, status)
    this.#output.push(whole)
    return (
      text + this.#event('response.output_item.done', { output_index: item.index, item: whole })
    )
  }

  /** A call comes whole. */
  #call({ id, function: called }: JsonObject): string {
    if (!isJsonObject(called)) return ''
    const before = this.#close('completed')
    const output_index = this.#output.length
    const { name = '', arguments: told = '' } = called
    const item = {
      id: newId('fc'),
      type: 'function_call',
      status: 'completed',
      call_id: id ?? newId('call'),
      name,
      arguments: told,
    }
    this.#output.push(item)
    const place = { item_id: item.id, output_index }
    const opening = { ...item, status: 'in_progress', arguments: '' }
    return (
      before +
      this.#event('response.output_item.added', { output_index, item: opening }) +
      this.#event('response.function_call_arguments.delta', { ...place, delta: told }) +
      this.#event('response.function_call_arguments.done', { ...place, arguments: told }) +
      this.#event('response.output_item.done', { output_index, item })
    )
  }

  #event(type: string, members: JsonObject): string {
    const json = JSON.stringify({ ...members, type, sequence_number: this.#count++ })
    return `event: ${type}\ndata: ${json}\n\n`
  }
}

const STEM = {
  output_text: 'response.output_text',
  refusal: 'response.refusal',
  summary_text: 'response.reasoning_summary_text',
} as const
const PART = {
  message: 'response.content_part',
  reasoning: 'response.reasoning_summary_part',
} as const

function placeOf({ kind, id, index, parts }: OpenItem): JsonObject {
  const last = parts.length - 1
  return {
    item_id: id,
    output_index: index,
    ...(kind === 'message' ? { content_index: last } : { summary_index: last }),
  }
}

function wholeItem({ kind, id, parts }: OpenItem, status: string): JsonObject {
  const told = parts.map(wholePart)
  return kind === 'message'
    ? { id, type: 'message', status, role: 'assistant', content: told }
    : { id, type: 'reasoning', summary: told }
}

function wholePart({ kind, text }: OpenPart): JsonObject {
  switch (kind) {
    case 'output_text':
      return { type: kind, text, annotations: [], logprobs: [] }
    case 'refusal':
      return { type: kind, refusal: text }
    case 'summary_text':
      return { type: kind, text }
  }
}

function usageObject(usage: JsonObject | undefined): Json {
  if (!usage) return null
  const { prompt_tokens_details: input, completion_tokens_details: output } = usage
  const told = (details: Json | undefined, name: string) =>
    isJsonObject(details) ? (details[name] ?? 0) : 0
  return {
    input_tokens: usage['prompt_tokens'] ?? 0,
    input_tokens_details: { cached_tokens: told(input, 'cached_tokens') },
    output_tokens: usage['completion_tokens'] ?? 0,
    output_tokens_details: { reasoning_tokens: told(output, 'reasoning_tokens') },
    total_tokens: usage['total_tokens'] ?? 0,
  }
}

function isText(value: Json | undefined): value is string {
  return typeof value === 'string' && value !== ''
}

function newId(prefix: string): string {
  return `${prefix}_${crypto.randomUUID().replaceAll('-', '')}`
}
