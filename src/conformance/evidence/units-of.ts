import { speakableUnits, type SpeakableUnit, speechRules, spokenPart } from '../../speech/index.ts'
import type { TimedReply } from './timing.ts'

/**
 * The sentences of a reply, and when each was known to be whole: what the platform's voice is given.
 * Of several choices, those of the first.
 */
export function unitsOf({ stream, reading, done }: TimedReply): SpeakableUnit[] {
  const texts = reading.pieces.filter((piece) => piece.kind === 'text')
  const choice = texts[0]?.choice
  const spoken = texts
    .filter((piece) => piece.choice === choice)
    .map(({ text, event }) => ({ text, atMs: stream.events[event]!.atMs ?? 0 }))
  if (spoken.length === 0) return []
  const finish = reading.pieces.find((piece) => piece.kind === 'finish' && piece.choice === choice)
  const end = finish ? stream.events[finish.event]! : done
  return speakableUnits(
    spokenPart(spoken),
    speechRules['elevenlabs-sentence'],
    end?.atMs ?? undefined,
  )
}
