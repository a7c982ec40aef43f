import type { BenchReport } from '../../bench/index.ts'
import { showNumber } from '../text/show-quantity.ts'

/** What the instrument adds to what it measures. */
export function instrumentText(instrument: BenchReport['instrument']): string {
  const { eventLoopUtilization, lagP99, busy, threads } = instrument
  const lag = lagP99 === null ? '' : `; requests went out ${showNumber(lagP99)} ms late (p99)`
  const woke = busy ? `; threads woke ${showNumber(busy.wokeLateP99)} ms late (p99)` : ''
  return `${errorText(instrument)}; ${threads} ${threads === 1 ? 'thread' : 'threads'}, busy ${Math.round(eventLoopUtilization * 100)} %${woke}${lag}`
}

function errorText({ calibrated, ttftErrorP50, ttftErrorP99 }: BenchReport['instrument']): string {
  if (!calibrated) return 'not calibrated'
  if (typeof ttftErrorP99 !== 'number') return 'got none of its own answers back'
  return `adds +${showNumber(ttftErrorP50 ?? null)} / +${showNumber(ttftErrorP99)} ms (p50 / p99) to ttft`
}
