import { countCharacters } from './count-characters.ts'
import type { SpeakableUnit } from './speakable-units.ts'

export interface PlayoutOptions {
  /** How fast the voice speaks; 15 when absent. */
  readonly charactersPerSecond?: number
  /** From a unit handed over to its first sound; 0 when absent. */
  readonly ttsDelayMs?: number
}

/** The voice has run dry: nothing is left to say, and the answer is not over. */
interface Silence {
  readonly atMs: number
  readonly durationMs: number
}

/** An answer as the caller hears it. */
export interface Playout {
  /** When the voice starts; `null` for an answer without words. */
  readonly startsAtMs: number | null
  readonly endsAtMs: number | null
  /** The silences within it; what comes before `startsAtMs` is not among them. */
  readonly silences: readonly Silence[]
  /** The sum of all silences: the dead air. */
  readonly deadAirMs: number
}

/** Plays units one after the other, each as soon as it is there and the one before it is over. */
export function playOut(units: readonly SpeakableUnit[], options: PlayoutOptions = {}): Playout {
  const { charactersPerSecond = 15, ttsDelayMs = 0 } = options
  const silences: Silence[] = []
  let startsAtMs: number | null = null
  let endsAtMs: number | null = null
  for (const { text, confirmedAtMs } of units) {
    const readyAtMs = confirmedAtMs + ttsDelayMs
    startsAtMs ??= readyAtMs
    if (endsAtMs !== null && readyAtMs > endsAtMs) {
      silences.push({ atMs: endsAtMs, durationMs: readyAtMs - endsAtMs })
    }
    endsAtMs =
      Math.max(readyAtMs, endsAtMs ?? readyAtMs) +
      (countCharacters(text) / charactersPerSecond) * 1_000
  }
  const deadAirMs = silences.reduce((sum, { durationMs }) => sum + durationMs, 0)
  return { startsAtMs, endsAtMs, silences, deadAirMs }
}
