import type { BenchReport } from '../../bench/index.ts'

export interface VoiceSpan {
  readonly kind: 'wait' | 'voice' | 'silence'
  readonly atMs: number
  readonly durationMs: number
}

/** What a caller hears from the request to the last sound: the wait, then voice and dead air. */
export function voiceSpans({
  spoken,
  silences,
}: NonNullable<BenchReport['deadAirExample']>): readonly VoiceSpan[] {
  const [first] = spoken
  if (!first) return []
  return [
    { kind: 'wait', atMs: 0, durationMs: first.atMs } as const,
    ...spoken.map((span) => ({ kind: 'voice', ...span }) as const),
    ...silences.map((span) => ({ kind: 'silence', ...span }) as const),
  ].toSorted((a, b) => a.atMs - b.atMs)
}

/** How long the spans of a kind are, together. */
export function totalMs(spans: readonly VoiceSpan[], kind: VoiceSpan['kind']): number {
  return spans
    .filter((span) => span.kind === kind)
    .reduce((sum, { durationMs }) => sum + durationMs, 0)
}
