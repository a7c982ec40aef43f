import { BOUNDS } from '../../wire/index.ts'
import {
  addFragment,
  type FragmentContradiction,
  type ToolCall,
  type ToolCalls,
} from './assemble-call.ts'
import { type ChoicePiece, choicePieces, toolFragments } from './choice-pieces.ts'
import { isJsonObject, type JsonObject } from '../json/json.ts'

/** One answer of the model, joined from its deltas. */
export interface AssembledChoice {
  readonly index: number
  role: string | undefined
  content: string
  /** `reasoning_content` or `reasoning`, as several providers send it. */
  reasoning: string
  refusal: string
  readonly toolCalls: readonly ToolCall[]
  finishReason: string | undefined
  /** The first piece. */
  readonly opening: ChoicePiece
  /** The last one so far. */
  latest: ChoicePiece
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

export type ContradictionKind = Contradiction['kind']

export interface Assembly {
  /** Every element of every `choices`, in the order of the stream. */
  readonly pieces: readonly ChoicePiece[]
  readonly choices: readonly AssembledChoice[]
  /** The last usage object of the stream. */
  readonly usage: JsonObject | undefined
  readonly contradictions: readonly Contradiction[]
  /** What there is too much of to be joined; further ones are left out. */
  readonly excess: 'choices' | 'calls' | undefined
}

/** Joins the chunks of a stream, and says where they contradict themselves. */
export function assemble(chunks: readonly JsonObject[]): Assembly {
  const pieces = choicePieces(chunks)
  const choices = new Map<number, OpenChoice>()
  const contradictions: Contradiction[] = []
  let excess: Assembly['excess']
  for (const piece of pieces) {
    let choice = choices.get(piece.index)
    if (!choice && choices.size === BOUNDS.answer.choices) {
      excess = 'choices'
      continue
    }
    if (!choice) choices.set(piece.index, (choice = openChoice(piece)))
    addPiece(choice, piece, contradictions)
    if (choice.toolCalls.length > BOUNDS.answer.calls) excess ??= 'calls'
  }
  const usage = chunks.findLast((chunk) => isJsonObject(chunk['usage']))?.['usage']
  return {
    pieces,
    choices: [...choices.values()],
    usage: isJsonObject(usage) ? usage : undefined,
    contradictions,
    excess,
  }
}

/** A choice under construction. */
interface OpenChoice extends AssembledChoice {
  calls: ToolCalls | undefined
  toolCalls: readonly ToolCall[]
}

/** Few choices have calls, and a stream may have many choices. */
const NO_CALLS: readonly ToolCall[] = []

function openChoice(opening: ChoicePiece): OpenChoice {
  return {
    calls: undefined,
    index: opening.index,
    role: undefined,
    content: '',
    reasoning: '',
    refusal: '',
    toolCalls: NO_CALLS,
    finishReason: undefined,
    opening,
    latest: opening,
  }
}

function addPiece(choice: OpenChoice, piece: ChoicePiece, found: Contradiction[]): void {
  choice.latest = piece
  const { delta } = piece
  if (delta) {
    const content = asText(delta['content'])
    const fragments = toolFragments(piece)
    if (choice.finishReason !== undefined) {
      if (content) found.push({ kind: 'after-finish', piece, member: 'content' })
      if (fragments.length > 0) found.push({ kind: 'after-finish', piece, member: 'tool_calls' })
    }
    choice.role ??= asText(delta['role']) || undefined
    choice.content += content
    choice.reasoning += asText(delta['reasoning_content']) || asText(delta['reasoning'])
    choice.refusal += asText(delta['refusal'])
    for (const fragment of fragments) {
      if (choice.toolCalls.length > BOUNDS.answer.calls) break
      found.push(...addFragment(callsOf(choice), fragment))
    }
  }
  const reason = asText(piece.json['finish_reason'])
  if (!reason) return
  const earlier = choice.finishReason
  if (earlier !== undefined && earlier !== reason) {
    found.push({ kind: 'finish-reason-conflict', piece, earlier })
  }
  choice.finishReason ??= reason
}

function callsOf(choice: OpenChoice): ToolCalls {
  choice.calls ??= { list: [], byIndex: new Map(), byId: new Map() }
  choice.toolCalls = choice.calls.list
  return choice.calls
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
