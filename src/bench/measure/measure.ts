import {
  countBufferWords,
  type Playout,
  playOut,
  type PlayoutOptions,
  speakableUnits,
  type SpeechRule,
  spokenPart,
} from '../../speech/index.ts'
import type { Exchange } from '../../wire/index.ts'
import type { MetricName } from './metric-names.ts'
import type { Answer } from './read-answer.ts'

export interface SpeechOptions extends PlayoutOptions {
  /** When the voice is handed text. */
  readonly rule: SpeechRule
}

/** An answer as the caller hears it, and when its text came. */
export interface HeardAnswer extends Playout {
  readonly textMs: readonly number[]
}

/** What one good request measured; `icl` has a value for each gap. */
export interface Measurement {
  readonly values: Partial<Record<Exclude<MetricName, 'icl'>, number>>
  readonly gaps: readonly number[]
  readonly heard: HeardAnswer
}

/** Measures a good request. `lagMs` is how late it went out. */
export function measure(
  { arrivals, response, end }: Exchange,
  answer: Answer,
  lagMs: number,
  { rule, ...playout }: SpeechOptions,
): Measurement {
  const { text, tokens } = answer
  const first = text[0]
  const last = text.at(-1)
  const lastMs = latest(last?.atMs, answer.lastToolCallMs)
  const units = speakableUnits(spokenPart(text), rule, answer.finishMs ?? undefined)
  const heard = playOut(units, playout)
  const gaps = gapsBetweenReads(text)
  const spanMs = first && last ? last.atMs - first.atMs : 0
  const laterTokens = (tokens ?? 0) - 1
  const values = {
    ttft: first?.atMs,
    ttft_sched: first && first.atMs + lagMs,
    ttft_any: earliest(first?.atMs, answer.firstReasoningMs, answer.firstToolCallMs),
    ttft_subst: text[countBufferWords(text)]?.atMs,
    ttfs: units[0]?.confirmedAtMs,
    first_unit_chars: units[0]?.text.length,
    voice_start: heard.spoken[0]?.atMs,
    dead_air: units.length > 0 ? heard.deadAirMs : undefined,
    dead_air_count: units.length > 0 ? heard.silences.length : undefined,
    ttfb: arrivals[0]?.atMs,
    tth: response?.atMs,
    tt_role: answer.firstRoleMs ?? undefined,
    stall: gaps.length > 0 ? gaps.reduce((most, gap) => Math.max(most, gap)) : undefined,
    // Text that came all at once tells nothing of the pace of its tokens.
    tpot: laterTokens > 0 && spanMs > 0 ? spanMs / laterTokens : undefined,
    tps: laterTokens > 0 && spanMs > 0 ? (laterTokens / spanMs) * 1_000 : undefined,
    tokens_per_chunk: tokens !== null && text.length > 0 ? tokens / text.length : undefined,
    e2e: lastMs,
    e2e_sched: lastMs === undefined ? undefined : lastMs + lagMs,
    close_tail: lastMs === undefined ? undefined : end.atMs - lastMs,
    lag: lagMs,
  }
  const known = Object.entries(values).filter(([, value]) => value !== undefined)
  const textMs = [...new Set(text.map(({ atMs }) => atMs))]
  return { values: Object.fromEntries(known), gaps, heard: { ...heard, textMs } }
}

/** Text that shares a read has no gap of its own. */
function gapsBetweenReads(text: Answer['text']): number[] {
  const gaps: number[] = []
  for (const [i, piece] of text.entries()) {
    const before = text[i - 1]
    if (before && before.read !== piece.read) gaps.push(piece.atMs - before.atMs)
  }
  return gaps
}

function earliest(...times: (number | null | undefined)[]): number | undefined {
  const known = times.filter((time) => typeof time === 'number')
  return known.length > 0 ? Math.min(...known) : undefined
}

function latest(...times: (number | null | undefined)[]): number | undefined {
  const known = times.filter((time) => typeof time === 'number')
  return known.length > 0 ? Math.max(...known) : undefined
}
