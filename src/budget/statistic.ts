/** What a budget looks at of all values of a metric. */
export type Statistic =
  | { readonly kind: 'avg' | 'min' | 'max' }
  /** Above 0 and below 100; 50 for the median. */
  | { readonly kind: 'percentile'; readonly percentile: number }

/** Reads `avg`, `min`, `max`, `med`, `median` or `p(95)`; `p(100)` is the maximum. */
export function readStatistic(text: string): Statistic | undefined {
  if (text === 'avg' || text === 'min' || text === 'max') return { kind: text }
  if (text === 'med' || text === 'median') return { kind: 'percentile', percentile: 50 }
  const percentile = Number(/^p\((\d+(?:\.\d+)?)\)$/.exec(text)?.[1])
  if (percentile === 100) return { kind: 'max' }
  return percentile > 0 && percentile < 100 ? { kind: 'percentile', percentile } : undefined
}

/** The share of values that lie below it; `null` for a mean. */
export function shareBelow(statistic: Statistic): number | null {
  switch (statistic.kind) {
    case 'avg':
      return null
    case 'min':
      return 0
    case 'max':
      return 1
    case 'percentile':
      return statistic.percentile / 100
  }
}
