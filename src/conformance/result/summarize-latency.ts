import type { Evidence } from '../evidence/evidence.ts'
import type { CheckReport, Distribution } from './check-report-schema.ts'
import type { Timing } from '../evidence/timing.ts'

/** Sums up the timings of all replies that streamed. */
export function summarizeLatency(evidence: readonly Evidence[]): CheckReport['latency'] {
  const timings = evidence.filter(({ counts }) => counts.chunks > 0).map(({ timing }) => timing)
  const of = (name: keyof Timing) => distribution(timings.flatMap((timing) => timing[name] ?? []))
  return {
    firstByteMs: of('firstByteMs'),
    firstContentMs: of('firstContentMs'),
    firstSentenceMs: of('firstSentenceMs'),
    totalMs: of('totalMs'),
  }
}

function distribution(values: readonly number[]): Distribution {
  const sorted = values.toSorted((a, b) => a - b)
  return {
    count: sorted.length,
    min: sorted[0] ?? null,
    p50: sorted[Math.floor((sorted.length - 1) / 2)] ?? null,
    max: sorted.at(-1) ?? null,
  }
}
