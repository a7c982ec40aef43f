import { countCharacters } from './count-characters.ts'
import type { SpeakableUnit } from './speakable-units.ts'

export interface PlayoutOptions {
  /** How fast the voice speaks; 15 when absent. */
  readonly charactersPerSecond?: number
  /** From a unit handed over to its first sound; 0 when absent. */
  readonly ttsDelayMs?: number
}

/** Some time, counted from the request. */
interface Span {
  readonly atMs: number
  readonly durationMs: number
}

/** An answer as the caller hears it. */
export interface Playout {
  /** When the voice speaks; empty for an answer without words. */
  readonly spoken: readonly Span[]
  /** When it has run dry and the answer is not over; what comes before its start is no silence. */
  readonly silences: readonly Span[]
  /** The sum of all silences: the dead air. */
  readonly deadAirMs: number
}

/** Plays units one after the other, each as soon as it is there and the one before it is over. */
export function playOut(units: readonly SpeakableUnit[], options: PlayoutOptions = {}): Playout {
  const { charactersPerSecond = 15, ttsDelayMs = 0 } = options
  const spoken: Span[] = []
  const silences: Span[] = []
  let startsAtMs = 0
  let endsAtMs = 0
  for (const [i, { text, confirmedAtMs }] of units.entries()) {
    const readyAtMs = confirmedAtMs + ttsDelayMs
    if (i === 0) startsAtMs = endsAtMs = readyAtMs
    else if (readyAtMs > endsAtMs) {
      spoken.push({ atMs: startsAtMs, durationMs: endsAtMs - startsAtMs })
      silences.push({ atMs: endsAtMs, durationMs: readyAtMs - endsAtMs })
      startsAtMs = endsAtMs = readyAtMs
    }
    endsAtMs += (countCharacters(text) / charactersPerSecond) * 1_000
  }
  if (units.length > 0) spoken.push({ atMs: startsAtMs, durationMs: endsAtMs - startsAtMs })
  const deadAirMs = silences.reduce((sum, { durationMs }) => sum + durationMs, 0)
  return { spoken, silences, deadAirMs }
}
