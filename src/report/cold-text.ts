import type { BenchReport } from '../bench/index.ts'
import { showQuantity } from './terminal/show-quantity.ts'

/** What requests cost that opened a connection; nothing when none did. */
export function coldText({ connect, ttft }: BenchReport['cold']): string {
  if (connect.count === 0) return ''
  const median = (value: number | null, mean: number | null) => showQuantity(value ?? mean, 'ms')
  return `${connect.count}, made in ${median(connect.p50, connect.mean)}, first text ${median(ttft.p50, ttft.mean)} after that`
}
