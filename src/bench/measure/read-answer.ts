import type { ExchangeReading, Piece } from '../../protocol/index.ts'
import type { TextPiece } from '../../speech/index.ts'
import type { Arrival, SseEvent } from '../../wire/index.ts'

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

const NOTHING: Answer = {
  text: [],
  firstRoleMs: null,
  firstReasoningMs: null,
  firstToolCallMs: null,
  lastToolCallMs: null,
  finishMs: null,
  doneMs: null,
  tokens: null,
  isTooLarge: true,
  hasError: false,
  unreadable: 0,
  chunks: 0,
  events: 0,
  coalesced: 0,
}

/** Reads off an answer what is measured. Every event bears the time of the read that completed it. */
export function readAnswer(answer: ExchangeReading): Answer {
  const { exchange, bounded } = answer
  if (exchange.end.how === 'too-large' || bounded.excess !== undefined) return NOTHING
  const { events } = answer.stream
  const { pieces, parts, terminator } = answer.reading
  const reads = readsOf(events, bounded.arrivals)
  const timeOf = ({ event }: Piece) => events[event]!.atMs ?? 0
  const first = (isIt: (piece: Piece) => boolean) => {
    const piece = pieces.find(isIt)
    return piece ? timeOf(piece) : null
  }
  const lastCall = pieces.findLast(({ kind }) => kind === 'call')
  const firstReasoningMs = first(({ kind }) => kind === 'reasoning')
  return {
    text: pieces
      .filter((piece) => piece.kind === 'text')
      .map((piece) => ({ text: piece.text, atMs: timeOf(piece), read: reads[piece.event]! })),
    // The first delta that is empty, whether it names a role or not.
    firstRoleMs: first((piece) => piece.kind === 'filler' && piece.choice !== undefined),
    firstReasoningMs,
    firstToolCallMs: first(({ kind }) => kind === 'call'),
    lastToolCallMs: lastCall ? timeOf(lastCall) : null,
    finishMs: first((piece) => piece.kind === 'finish' && piece.reason !== undefined),
    doneMs: terminator === undefined ? null : (events[terminator]!.atMs ?? 0),
    tokens: lastCall ? null : textTokens(pieces, firstReasoningMs !== null),
    isTooLarge: false,
    hasError: pieces.some(
      (piece) => piece.kind === 'error' || (piece.kind === 'finish' && piece.isFailure),
    ),
    unreadable: pieces.filter(({ kind }) => kind === 'unreadable').length,
    chunks: parts,
    events: events.length,
    coalesced: reads.filter((read, i) => read === reads[i - 1]).length,
  }
}

/** Which read completed each event. */
function readsOf(events: readonly SseEvent[], arrivals: readonly Arrival[]): number[] {
  let read = 0
  let end = arrivals[0]?.bytes.length ?? 0
  return events.map(({ bytes }) => {
    while (end < bytes[1] && read + 1 < arrivals.length) end += arrivals[++read]!.bytes.length
    return read
  })
}

/** Providers that count reasoning apart from the completion say nothing of the text. */
function textTokens(pieces: readonly Piece[], hasReasoned: boolean): number | null {
  const usage = pieces.findLast((piece) => piece.kind === 'usage' && piece.completion > 0)
  if (usage?.kind !== 'usage' || (hasReasoned && usage.reasoning === 0)) return null
  return usage.completion > usage.reasoning ? usage.completion - usage.reasoning : null
}
