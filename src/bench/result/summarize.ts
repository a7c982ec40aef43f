import { sizeForShare } from '../budgets/sample-size.ts'
import { Histogram } from '../tally/histogram.ts'
import type { Sample } from '../tally/sample.ts'
import type { Figures } from './figures-schema.ts'
import { round } from './round.ts'

/** A distribution in figures. A percentile that its values cannot support is `null`. */
export function summarize(histogram: Histogram, sample?: Sample): Figures {
  const percentile = (p: number) =>
    histogram.count >= supported(p) ? rounded(histogram.percentile(p)) : null
  return {
    count: histogram.count,
    sum: round(histogram.sum),
    mean: rounded(histogram.mean),
    min: rounded(histogram.min),
    p50: percentile(50),
    p90: percentile(90),
    p95: percentile(95),
    p99: percentile(99),
    max: rounded(histogram.max),
    hdr: histogram.count > 0 ? histogram.encode() : null,
    ...(sample && { sample: Array.from(sample.values, round) }),
  }
}

/** Adds to a distribution what {@link summarize} wrote of another. */
export function addFigures(
  { hdr, sum, min, max, sample }: Figures,
  into: { readonly histogram: Histogram; readonly sample?: Sample },
): void {
  if (hdr === null) return
  into.histogram.add(Histogram.decode(hdr, { sum, min: min ?? 0, max: max ?? 0 }))
  for (const value of sample ?? []) into.sample?.add(value)
}

function supported(percentile: number): number {
  return sizeForShare((100 - percentile) / 100)
}

function rounded(value: number | null): number | null {
  return value === null ? null : round(value)
}
