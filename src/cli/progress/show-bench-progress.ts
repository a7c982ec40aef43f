import yoctoSpinner from 'yocto-spinner'
import type { BenchProgress } from '../../bench/index.ts'
import { clip } from '../../wire/index.ts'

/** Shows on standard error, where that is a terminal, how a run is going. */
export function showBenchProgress(): {
  update: (progress: BenchProgress) => void
  /** Clears the line, until there is something new to show. */
  stop: () => void
} {
  if (!process.stderr.isTTY) return { update: () => {}, stop: () => {} }
  const spinner = yoctoSpinner({ stream: process.stderr, handleSignals: false }).start()
  return {
    update(progress) {
      if (!spinner.isSpinning) spinner.start()
      spinner.text = clip(describe(progress), process.stderr.columns - 5)
    },
    stop: () => spinner.stop(),
  }
}

function describe(progress: BenchProgress): string {
  if (!('elapsedMs' in progress)) {
    return progress.phase === 'preflight'
      ? 'one request, to see what answers'
      : 'measuring the instrument itself'
  }
  const { elapsedMs, totalMs, inFlight, errors, perSecond, ttftP50, ttftP99 } = progress
  const left = `${Math.max(0, Math.ceil((totalMs - elapsedMs) / 1_000))} s left`
  if (progress.phase === 'warm-up') return `warming up; ${inFlight} in flight; ${left}`
  const ms = (value: number | null) => (value === null ? '-' : value.toFixed(0))
  return `${perSecond.toFixed(1)} requests/s; ${inFlight} in flight; first text ${ms(ttftP50)} / ${ms(ttftP99)} ms (p50 / p99); ${errors} ${errors === 1 ? 'error' : 'errors'}; ${left}`
}
