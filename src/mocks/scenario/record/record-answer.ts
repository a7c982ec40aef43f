import {
  type Call,
  cutText,
  type Dialect,
  ExchangeReading,
  type FinishReason,
  isJsonObject,
  type Json,
  type JsonObject,
  parseJson,
  type Piece,
  pointerPath,
} from '../../../protocol/index.ts'
import { concatArrivals, type Exchange } from '../../../wire/index.ts'
import { literal } from '../literal.ts'
import type { AnswerSpec, CallSpec } from '../spec/scenario.ts'
import type { Said, SaidAnswer, SaidCall } from './said-answer.ts'

/** An answer, and when each of its tokens came. */
export interface RecordedAnswer {
  readonly answer: AnswerSpec
  /** In milliseconds; the last one is the end. */
  readonly times: readonly number[]
  /** Whether it came to its end. */
  readonly isOver: boolean
}

/** Takes from an exchange what was answered; `undefined` for what is no answer of a model. */
export function recordAnswer(exchange: Exchange, dialect: Dialect): RecordedAnswer | undefined {
  const said = streamedIn(exchange, dialect) ?? wholeIn(exchange, dialect)
  if (!said || !isSayable(said)) return undefined
  const { reasoning, text, refusal, calls, finishReason, error, endMs, isOver } = said
  const tokens = [
    ...tokenTimes(reasoning),
    ...tokenTimes(text),
    ...tokenTimes(refusal),
    ...calls.flatMap((call) => [call.atMs, ...tokenTimes(call.arguments)]),
  ]
  // What was cut before the first word does not tell what would have been said.
  if (tokens.length === 0 && !isOver) return undefined
  const usual = calls.length > 0 ? 'tool_calls' : 'stop'
  return {
    answer: {
      ...(reasoning.length > 0 && { reasoning: literal(joined(reasoning)) }),
      ...((text.length > 0 || tokens.length === 0) && { text: literal(joined(text)) }),
      ...(refusal.length > 0 && { refusal: literal(joined(refusal)) }),
      ...(calls.length > 0 && { calls: calls.map(toCall) }),
      ...(isFinishReason(finishReason) && finishReason !== usual && { finishReason }),
      ...(error !== undefined && {
        error: { afterTokens: tokens.length, body: withoutTemplates(error) },
      }),
    },
    times: inOrder([...tokens, endMs]),
    isOver,
  }
}

/** Calls of custom tools, and of functions as they were before there were tools, are not read. */
function isSayable({ calls, finishReason = '' }: SaidAnswer): boolean {
  const isCalling = ['tool_calls', 'function_call'].includes(finishReason)
  return calls.length > 0 ? calls.every(({ name }) => name !== '') : !isCalling
}

/** The first choice of a stream. */
function streamedIn(exchange: Exchange, dialect: Dialect): SaidAnswer | undefined {
  const answer = new ExchangeReading(exchange, dialect)
  if (answer.bounded.excess !== undefined || answer.stream.events.length === 0) return undefined
  const { events } = answer.stream
  const { pieces, choices, terminator } = answer.reading
  const timeOf = ({ event }: { readonly event: number }) => events[event]!.atMs ?? 0
  const dataOf = ({ event }: { readonly event: number }) => parseJson(events[event]!.data)
  const own = pieces.filter((piece) => !('choice' in piece) || (piece.choice ?? 0) === 0)
  const saidAs = (kind: 'text' | 'reasoning' | 'refusal') =>
    own
      .filter((piece) => piece.kind === kind)
      .map((piece) => ({ text: (piece as { text: string }).text, atMs: timeOf(piece) }))
  const fragments = own.filter((piece) => piece.kind === 'call')
  const finish = own.find(({ kind }) => kind === 'finish')
  const error = own.find(({ kind }) => kind === 'error')
  const last = error ?? finish ?? own.at(-1)
  return {
    reasoning: saidAs('reasoning'),
    text: saidAs('text'),
    refusal: saidAs('refusal'),
    calls: [...Map.groupBy(fragments, ({ call }) => call)].map(([call, parts]) => ({
      ...named(call),
      atMs: timeOf(call.opening),
      arguments: saidOnce(
        call.arguments,
        parts.map((piece) => ({ text: argumentsIn(dataOf(piece), piece), atMs: timeOf(piece) })),
      ),
    })),
    finishReason: choices.find(({ index }) => index === 0)?.finishReason,
    error: error && dataOf(error),
    endMs: last ? timeOf(last) : exchange.end.atMs,
    isOver: [terminator, finish, error].some((each) => each !== undefined),
  }
}

/** The pieces of a text, without those that say again what was said in pieces. */
function saidOnce(whole: string, pieces: readonly Said[]): Said[] {
  let told = ''
  return pieces.filter(({ text }) => {
    const isNew = text !== '' && whole.startsWith(told + text)
    if (isNew) told += text
    return isNew
  })
}

function named({ name = '', id }: Call) {
  return { name, id }
}

/** What of the arguments of a call a piece of it holds. */
function argumentsIn(data: Json | undefined, { path }: Piece): string {
  let part: Json | undefined = data
  for (const key of pointerPath(path)) part = (part as JsonObject | undefined)?.[key]
  return typeof part === 'string' ? part : ''
}

/** What an answer says that is no stream. */
function wholeIn({ arrivals, decoded, end }: Exchange, dialect: Dialect): SaidAnswer | undefined {
  const json = parseJson(new TextDecoder().decode(concatArrivals(decoded ?? arrivals)))
  const whole = dialect.readWhole(json)
  if (!whole) return undefined
  const atMs = arrivals.at(-1)?.atMs ?? end.atMs
  const said = (text: string) => (text === '' ? [] : [{ text, atMs }])
  return {
    reasoning: said(whole.reasoning),
    text: said(whole.text),
    refusal: said(whole.refusal),
    calls: whole.calls.map((call) => ({ ...call, atMs, arguments: said(call.arguments) })),
    finishReason: whole.finishReason,
    error: undefined,
    endMs: atMs,
    isOver: true,
  }
}

function joined(pieces: readonly Said[]): string {
  return pieces.map(({ text }) => text).join('')
}

/** When the mock's tokens of a text are due: each with the piece in which its last character came. */
function tokenTimes(pieces: readonly Said[]): number[] {
  let piece = 0
  let known = pieces[0]?.text.length ?? 0
  let end = 0
  return cutText(joined(pieces)).map((token) => {
    end += token.length
    while (known < end) known += pieces[++piece]!.text.length
    return pieces[piece]!.atMs
  })
}

/** In tenths of a millisecond; what was sent across each other comes one after the other. */
function inOrder(times: readonly number[]): number[] {
  let latest = 0
  return times.map((time) => (latest = Math.max(latest, Math.round(time * 10) / 10)))
}

function toCall({ name, id, arguments: pieces }: SaidCall): CallSpec {
  return {
    name,
    ...(id !== undefined && id !== '' && { id }),
    arguments: toArguments(joined(pieces)),
  }
}

/** A value where what would be written for it is the same. */
function toArguments(text: string): Json {
  const value = parseJson(text)
  const isPlain = isJsonObject(value) && JSON.stringify(value) === text && !text.includes('{{')
  return isPlain ? value : literal(text)
}

/** JSON whose texts are no templates. */
export function withoutTemplates(value: Json): Json {
  if (typeof value === 'string') return literal(value)
  if (Array.isArray(value)) return value.map(withoutTemplates)
  if (!isJsonObject(value)) return value
  const members = Object.entries(value).map(([key, member]) => [key, withoutTemplates(member)])
  return Object.fromEntries(members) as JsonObject
}

const FINISH_REASONS = ['stop', 'length', 'tool_calls', 'content_filter', 'function_call']

function isFinishReason(reason: string | undefined): reason is FinishReason {
  return reason !== undefined && FINISH_REASONS.includes(reason)
}
