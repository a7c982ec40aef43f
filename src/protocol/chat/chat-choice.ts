import { BOUNDS } from '../../wire/index.ts'
import type { JsonObject } from '../json/json.ts'
import type { Choice, Piece } from '../reading.ts'
import { type ChoicePiece, toolFragments } from './choice-pieces.ts'
import { isFailureReason } from './is-failure-reason.ts'
import {
  addFragment,
  type FragmentContradiction,
  type ToolCall,
  type ToolCalls,
} from './tool-call.ts'

/** One answer of the model, joined from its deltas. */
export interface ChatChoice extends Choice {
  readonly role: string | undefined
  readonly calls: readonly ToolCall[]
  /** The first piece. */
  readonly opening: ChoicePiece
  /** The last one so far. */
  readonly latest: ChoicePiece
}

export type Contradiction =
  | FragmentContradiction
  | {
      readonly kind: 'finish-reason-conflict'
      readonly piece: ChoicePiece
      readonly earlier: string
    }
  | {
      readonly kind: 'after-finish'
      readonly piece: ChoicePiece
      readonly member: 'content' | 'tool_calls'
    }
  /** Its `tool_calls` are something else than a list of objects. */
  | { readonly kind: 'calls-shapeless'; readonly piece: ChoicePiece }

export type ContradictionKind = Contradiction['kind']

/** A choice under construction. */
export interface OpenChoice extends ChatChoice {
  role: string | undefined
  text: string
  reasoning: string
  refusal: string
  joined: ToolCalls | undefined
  calls: readonly ToolCall[]
  finishReason: string | undefined
  latest: ChoicePiece
}

/** Few choices have calls, and a stream may have many choices. */
const NO_CALLS: readonly ToolCall[] = []

export function openChoice(opening: ChoicePiece): OpenChoice {
  return {
    joined: undefined,
    index: opening.index,
    role: undefined,
    text: '',
    reasoning: '',
    refusal: '',
    calls: NO_CALLS,
    finishReason: undefined,
    opening,
    latest: opening,
  }
}

export const WITHOUT_DELTA = {
  kind: 'filler',
  choice: undefined,
  what: 'chunk without a delta',
} as const

/** Where the pieces of a stream, and its contradictions, are noted. */
export interface Notes {
  readonly pieces: Piece[]
  readonly contradictions: Contradiction[]
}

/** Adds a piece to its choice, and notes what it says. */
export function addPiece(choice: OpenChoice, piece: ChoicePiece, notes: Notes): void {
  choice.latest = piece
  if (piece.delta) addDelta(choice, piece, piece.delta, notes)
  else notes.pieces.push({ ...WITHOUT_DELTA, event: piece.event, path: piece.path })
  addFinish(choice, piece, notes)
}

function addDelta(choice: OpenChoice, piece: ChoicePiece, delta: JsonObject, notes: Notes): void {
  const { pieces } = notes
  const { event, index } = piece
  const path = `${piece.path}/delta`
  const { role } = delta
  if (typeof role === 'string') {
    choice.role ??= role || undefined
    pieces.push({ kind: 'role', choice: index, event, path: `${path}/role`, role })
  }
  const text = asText(delta['content'])
  if (text) {
    if (choice.finishReason !== undefined) {
      notes.contradictions.push({ kind: 'after-finish', piece, member: 'content' })
    }
    choice.text += text
    pieces.push({ kind: 'text', choice: index, event, path: `${path}/content`, text })
  }
  const thought = asText(delta['reasoning_content'])
  const reasoning = thought || asText(delta['reasoning'])
  if (reasoning) {
    const member = thought ? 'reasoning_content' : 'reasoning'
    choice.reasoning += reasoning
    pieces.push({
      kind: 'reasoning',
      choice: index,
      event,
      path: `${path}/${member}`,
      text: reasoning,
    })
  }
  const refusal = asText(delta['refusal'])
  if (refusal) {
    choice.refusal += refusal
    pieces.push({
      kind: 'refusal',
      choice: index,
      event,
      path: `${path}/refusal`,
      text: refusal,
    })
  }
  const calls = addFragments(choice, piece, notes)
  if (!text && !reasoning && !calls)
    pieces.push({ kind: 'filler', choice: index, event, path, what: 'empty delta' })
}

/** Whether there are any. */
function addFragments(choice: OpenChoice, piece: ChoicePiece, notes: Notes): boolean {
  const listed = piece.delta?.['tool_calls'] ?? null
  if (listed === null) return false
  const fragments = toolFragments(piece)
  if (!Array.isArray(listed) || fragments.length < listed.length) {
    notes.contradictions.push({ kind: 'calls-shapeless', piece })
  }
  if (fragments.length === 0) return false
  if (choice.finishReason !== undefined) {
    notes.contradictions.push({ kind: 'after-finish', piece, member: 'tool_calls' })
  }
  choice.joined ??= { list: [], byIndex: new Map(), byId: new Map() }
  choice.calls = choice.joined.list
  for (const fragment of fragments) {
    if (choice.calls.length > BOUNDS.answer.calls) break
    const { call, contradictions } = addFragment(choice.joined, fragment)
    notes.contradictions.push(...contradictions)
    notes.pieces.push({
      kind: 'call',
      choice: piece.index,
      event: piece.event,
      path: `${fragment.path}/function/arguments`,
      call,
    })
  }
  return true
}

/** Some providers name the limit in `native_finish_reason` alone. */
function addFinish(choice: OpenChoice, piece: ChoicePiece, notes: Notes): void {
  const { finish_reason: told, native_finish_reason: native } = piece.json
  const isLimit = told === 'length' || (typeof native === 'string' && /max|length/i.test(native))
  if (!told && !isLimit) return
  const reason = asText(told) || undefined
  notes.pieces.push({
    kind: 'finish',
    choice: piece.index,
    event: piece.event,
    path: `${piece.path}/finish_reason`,
    reason,
    isLimit,
    isFailure: isFailureReason(told),
  })
  if (reason === undefined) return
  const earlier = choice.finishReason
  if (earlier !== undefined && earlier !== reason) {
    notes.contradictions.push({ kind: 'finish-reason-conflict', piece, earlier })
  }
  choice.finishReason ??= reason
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
