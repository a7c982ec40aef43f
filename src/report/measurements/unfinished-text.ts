import type { BenchReport } from '../../bench/index.ts'
import { plural } from '../text/plural.ts'
import { showQuantity } from '../text/show-quantity.ts'

/** What was under way when a run was interrupted. */
export function unfinishedText({
  count,
  longestMs,
}: NonNullable<BenchReport['requests']['unfinished']>): string {
  const longest = showQuantity(longestMs, 'ms')
  return `${plural(count, 'request')} had no whole answer when it was interrupted, for up to ${longest}`
}
