import { type Bound, keepsBound } from '../../budget/index.ts'
import type { Histogram } from './histogram.ts'
import type { Distribution } from './tally.ts'

/**
 * How many values do not keep a bound: exactly while the sample holds all of them, and otherwise to
 * the bucket of the histogram, a thousandth of the bound.
 */
export function countBeyond({ histogram, sample }: Distribution, bound: Bound): number {
  const { values } = sample
  if (values.length < histogram.count) return countInBuckets(histogram, bound)
  return values.filter((value) => !keepsBound(bound, value)).length
}

/** What shares its bucket with the bound counts as equal to it. */
function countInBuckets(histogram: Histogram, { operator, bound }: Bound): number {
  switch (operator) {
    case '<':
      return histogram.countFrom(bound)
    case '<=':
      return histogram.count - histogram.countUpTo(bound)
    case '>':
      return histogram.countUpTo(bound)
    case '>=':
      return histogram.count - histogram.countFrom(bound)
  }
}
