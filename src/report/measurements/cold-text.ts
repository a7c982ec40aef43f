import type { BenchReport } from '../../bench/index.ts'
import { showQuantity } from '../text/show-quantity.ts'

/** What requests cost that opened a connection; nothing when none did. */
export function coldText({ connect, ttft, resent }: BenchReport['cold']): string {
  if (connect.count === 0) return ''
  const idle =
    resent === 0
      ? ''
      : `; ${resent} of them for requests that were sent again, since the server had closed an idle connection`
  const median = (value: number | null, mean: number | null) => showQuantity(value ?? mean, 'ms')
  return `${connect.count}, made in ${median(connect.p50, connect.mean)}, first text ${median(ttft.p50, ttft.mean)} after that${idle}`
}
