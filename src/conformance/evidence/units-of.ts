import {
  speakableUnits,
  type SpeakableUnit,
  speechRules,
  type TextPiece,
} from '../../speech/index.ts'
import { clip } from '../../wire/index.ts'
import type { Evidence } from './evidence.ts'

/** A voice speaks for two hours with as many. */
const MAX_CHARACTERS = 100_000

/**
 * The sentences of a reply, and when each was known to be whole: what the platform's voice is given.
 * Of several choices, those of the first.
 */
export function unitsOf(evidence: Evidence): SpeakableUnit[] {
  const { spokenByChoice, chunks, reply, done } = evidence
  const [first] = spokenByChoice
  if (!first) return []
  const [choice, spoken] = first
  const pieces: TextPiece[] = []
  let left = MAX_CHARACTERS
  for (const { piece, text } of spoken) {
    if (left <= 0) break
    pieces.push({ text: clip(text, left, ''), atMs: chunks[piece.chunk]!.event.atMs ?? 0 })
    left -= text.length
  }
  const finish = reply.pieces.find(({ index, json }) => index === choice && json['finish_reason'])
  const end = finish ? chunks[finish.chunk]!.event : done?.event
  return speakableUnits(pieces, speechRules['elevenlabs-sentence'], end?.atMs ?? undefined)
}
