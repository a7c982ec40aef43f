import { BOUNDS } from '../../wire/index.ts'
import { countOf } from '../json/count-of.ts'
import { isJsonObject, type JsonObject } from '../json/json.ts'
import type { AnswerEvent, Piece, Reading } from '../reading.ts'
import {
  addPiece,
  type ChatChoice,
  type Contradiction,
  type Notes,
  type OpenChoice,
  openChoice,
  WITHOUT_DELTA,
} from './chat-choice.ts'
import { type ChoicePiece, choicePieces } from './choice-pieces.ts'
import { payloadReader } from './payload-reader.ts'
import type { Payload } from './read-payload.ts'
import type { ToolCall } from './tool-call.ts'

/** What a stream of chat completion chunks says, and what only those who know its form ask for. */
export interface ChatReading extends Reading {
  readonly choices: readonly ChatChoice[]
  readonly calls: readonly ToolCall[]
  /** What each event holds, those after the terminator included. */
  readonly payloads: readonly Payload[]
  /** Every element of every `choices`. */
  readonly choicePieces: readonly ChoicePiece[]
  /** The last usage object. */
  readonly usage: JsonObject | undefined
  /** Where it contradicts itself. */
  readonly contradictions: readonly Contradiction[]
}

/** Reads the events of a stream of chat completion chunks. */
export function readChat(events: readonly AnswerEvent[]): ChatReading {
  const readNext = payloadReader()
  const payloads = events.map(({ data }) => readNext(data))
  const end = payloads.findIndex(({ kind }) => kind === 'done')
  const joining = new Joining()
  const read = end < 0 ? payloads : payloads.slice(0, end)
  read.forEach((payload, event) => joining.add(event, payload))
  const choices = [...joining.choices.values()]
  return {
    id: joining.id,
    payloads,
    pieces: joining.pieces,
    choicePieces: joining.choicePieces,
    choices,
    calls: choices.flatMap(({ calls }) => calls),
    parts: joining.parts,
    usage: joining.usage,
    contradictions: joining.contradictions,
    terminator: end < 0 ? undefined : end,
    excess: joining.excess,
  }
}

/** A reply under construction. */
class Joining implements Notes {
  readonly pieces: Piece[] = []
  readonly contradictions: Contradiction[] = []
  readonly choicePieces: ChoicePiece[] = []
  readonly choices = new Map<number, OpenChoice>()
  id: string | undefined
  usage: JsonObject | undefined
  excess: Reading['excess']
  parts = 0

  add(event: number, payload: Payload): void {
    switch (payload.kind) {
      case 'chunk':
        this.parts++
        this.#addChunk(event, payload.json)
        break
      case 'error':
        this.pieces.push({ kind: 'error', event, path: '/error', isAlone: true })
        break
      case 'not-json':
      case 'not-an-object':
        this.pieces.push({ kind: 'unreadable', event, path: '', why: payload.kind })
        break
      case 'comment':
      case 'almost-done':
        this.pieces.push({ kind: 'unreadable', event, path: '', why: 'stray' })
        break
      case 'empty':
      case 'done':
    }
  }

  #addChunk(event: number, json: JsonObject): void {
    const { error, id, usage } = json
    if (typeof id === 'string') this.id ??= id
    if ((error ?? null) !== null) {
      this.pieces.push({ kind: 'error', event, path: '/error', isAlone: false })
    }
    if (isJsonObject(usage)) {
      this.usage = usage
      this.pieces.push({ kind: 'usage', event, path: '/usage', ...tokensIn(usage) })
    }
    const pieces = choicePieces(event, json)
    if (pieces.length === 0) {
      this.pieces.push({ ...WITHOUT_DELTA, event, path: '' })
    }
    for (const piece of pieces) {
      this.choicePieces.push(piece)
      this.#join(piece)
    }
  }

  #join(piece: ChoicePiece): void {
    let choice = this.choices.get(piece.index)
    if (!choice && this.choices.size === BOUNDS.answer.choices) {
      this.excess = 'choices'
      addPiece(openChoice(piece), piece, { pieces: this.pieces, contradictions: [] })
      return
    }
    if (!choice) this.choices.set(piece.index, (choice = openChoice(piece)))
    addPiece(choice, piece, this)
    if (choice.calls.length > BOUNDS.answer.calls) this.excess ??= 'calls'
  }
}

function tokensIn(usage: JsonObject): { completion: number; reasoning: number } {
  const details = usage['completion_tokens_details']
  return {
    completion: countOf(usage['completion_tokens']),
    reasoning: isJsonObject(details) ? countOf(details['reasoning_tokens']) : 0,
  }
}
