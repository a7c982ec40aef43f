import { choicePieces, isFailureReason, isJsonObject, readPayload } from '../../protocol/index.ts'
import type { TextPiece } from '../../speech/index.ts'
import { boundBody, decodeSse, type Exchange } from '../../wire/index.ts'

/** A streamed answer, taken apart after it was over. */
export interface Answer {
  /** The text, in pieces; `read` counts the reads of the socket. */
  readonly text: readonly (TextPiece & { readonly read: number })[]
  readonly firstRoleMs: number | null
  readonly firstReasoningMs: number | null
  readonly firstToolCallMs: number | null
  readonly lastToolCallMs: number | null
  readonly finishMs: number | null
  readonly doneMs: number | null
  /**
   * Tokens of the text; `null` without usage, beside a tool call, whose tokens usage counts with them,
   * and after reasoning that usage does not tell apart.
   */
  readonly tokens: number | null
  /** Then nothing of it was read. */
  readonly isTooLarge: boolean
  readonly hasError: boolean
  /** Events that are no JSON object. */
  readonly unreadable: number
  readonly chunks: number
  readonly events: number
  /** Events that shared their read with the one before: gaps within a read tell nothing. */
  readonly coalesced: number
}

/** Reads an exchange. Every event bears the time of the read that completed it. */
export function readAnswer({ arrivals: received, end }: Exchange): Answer {
  const isTooLarge = end.how === 'too-large' || boundBody(received).excess !== undefined
  const arrivals = isTooLarge ? [] : received
  const { events } = decodeSse(arrivals)
  const starts = readStarts(arrivals)
  const text: Answer['text'][number][] = []
  const first: Record<'role' | 'reasoning' | 'call' | 'finish' | 'done', number | null> = {
    role: null,
    reasoning: null,
    call: null,
    finish: null,
    done: null,
  }
  let lastToolCallMs: number | null = null
  let usage: Usage | null = null
  let hasError = false
  let unreadable = 0
  let chunks = 0
  let coalesced = 0
  let read = 0
  let lastRead = -1
  for (const event of events) {
    while (starts[read + 1] !== undefined && starts[read + 1]! < event.bytes[1]) read++
    if (read === lastRead) coalesced++
    lastRead = read
    const atMs = event.atMs ?? 0
    const payload = readPayload(event.data)
    if (payload.kind === 'done') first.done ??= atMs
    else if (payload.kind === 'error') hasError = true
    else if (payload.kind !== 'chunk') unreadable += payload.kind === 'empty' ? 0 : 1
    if (payload.kind !== 'chunk') continue
    chunks++
    hasError ||= (payload.json['error'] ?? null) !== null
    usage = readUsage(payload.json['usage']) ?? usage
    for (const { delta, json } of choicePieces([payload.json])) {
      const content = textOf(delta?.['content'])
      const calls = delta?.['tool_calls']
      const hasCall = Array.isArray(calls) && calls.length > 0
      const reasoning = textOf(delta?.['reasoning_content']) || textOf(delta?.['reasoning'])
      if (content !== '') text.push({ text: content, atMs, read })
      else if (delta && !hasCall && reasoning === '') first.role ??= atMs
      if (reasoning !== '') first.reasoning ??= atMs
      if (hasCall) {
        first.call ??= atMs
        lastToolCallMs = atMs
      }
      if (textOf(json['finish_reason']) !== '') first.finish ??= atMs
      hasError ||= isFailureReason(json['finish_reason'])
    }
  }
  return {
    text,
    firstRoleMs: first.role,
    firstReasoningMs: first.reasoning,
    firstToolCallMs: first.call,
    lastToolCallMs,
    finishMs: first.finish,
    doneMs: first.done,
    tokens: first.call === null ? textTokens(usage, first.reasoning !== null) : null,
    isTooLarge,
    hasError,
    unreadable,
    chunks,
    events: events.length,
    coalesced,
  }
}

/** The offset at which each read begins. */
function readStarts(arrivals: Exchange['arrivals']): number[] {
  let offset = 0
  return arrivals.map(({ bytes }) => (offset += bytes.length) - bytes.length)
}

interface Usage {
  readonly completion: number
  readonly reasoning: number
}

function readUsage(usage: unknown): Usage | null {
  if (!isJsonObject(usage)) return null
  const completion = countOf(usage['completion_tokens'])
  const details = usage['completion_tokens_details']
  const reasoning = isJsonObject(details) ? countOf(details['reasoning_tokens']) : 0
  return completion > 0 ? { completion, reasoning } : null
}

/** Providers that count reasoning apart from the completion say nothing of the text. */
function textTokens(usage: Usage | null, hasReasoned: boolean): number | null {
  if (!usage || (hasReasoned && usage.reasoning === 0)) return null
  return usage.completion > usage.reasoning ? usage.completion - usage.reasoning : null
}

function countOf(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
