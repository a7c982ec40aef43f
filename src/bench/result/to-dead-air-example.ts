import type { HeardAnswer } from '../measure/measure.ts'
import type { DeadAirExample } from './dead-air-schema.ts'
import { round } from './round.ts'

/** How a report tells what the caller heard. */
export function toDeadAirExample(heard: HeardAnswer): DeadAirExample {
  const { spoken, silences, deadAirMs, textMs } = heard
  return {
    spoken: spoken.map(roundSpan),
    silences: silences.map(roundSpan),
    deadAirMs: round(deadAirMs),
    textMs: textMs.map(round),
  }
}

function roundSpan({ atMs, durationMs }: HeardAnswer['spoken'][number]) {
  return { atMs: round(atMs), durationMs: round(durationMs) }
}
