import type { BenchReport } from '../bench/index.ts'
import { showNumber } from './terminal/show-quantity.ts'

/** What the instrument adds to what it measures. */
export function instrumentText(instrument: BenchReport['instrument']): string {
  const { calibrated, ttftErrorP50, ttftErrorP99, eventLoopUtilization, lagP99, threads } =
    instrument
  const error = calibrated
    ? `adds +${showNumber(ttftErrorP50 ?? null)} / +${showNumber(ttftErrorP99 ?? null)} ms (p50 / p99) to ttft`
    : 'not calibrated'
  const lag = lagP99 === null ? '' : `; requests went out ${showNumber(lagP99)} ms late (p99)`
  return `${error}; ${threads} ${threads === 1 ? 'thread' : 'threads'}, busy ${Math.round(eventLoopUtilization * 100)} %${lag}`
}
