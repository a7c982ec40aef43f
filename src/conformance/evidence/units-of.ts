import { speakableUnits, type SpeakableUnit, speechRules, spokenPart } from '../../speech/index.ts'
import type { Evidence } from './evidence.ts'

/**
 * The sentences of a reply, and when each was known to be whole: what the platform's voice is given.
 * Of several choices, those of the first.
 */
export function unitsOf(evidence: Evidence): SpeakableUnit[] {
  const { spokenByChoice, chunks, reply, done } = evidence
  const [first] = spokenByChoice
  if (!first) return []
  const [choice, spoken] = first
  const pieces = spoken.map(({ piece, text }) => ({
    text,
    atMs: chunks[piece.chunk]!.event.atMs ?? 0,
  }))
  const finish = reply.pieces.find(({ index, json }) => index === choice && json['finish_reason'])
  const end = finish ? chunks[finish.chunk]!.event : done?.event
  return speakableUnits(
    spokenPart(pieces),
    speechRules['elevenlabs-sentence'],
    end?.atMs ?? undefined,
  )
}
