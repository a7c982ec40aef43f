import yoctoSpinner from 'yocto-spinner'
import type { Progress } from '../../conformance/index.ts'

/** Shows on standard error, where that is a terminal, which probes are running. */
export function showProgress(): { update: (progress: Progress) => void; stop: () => void } {
  if (!process.stderr.isTTY) return { update: () => {}, stop: () => {} }
  const spinner = yoctoSpinner({ stream: process.stderr, handleSignals: false }).start()
  const running = new Set<string>()
  return {
    update({ probe, state, done, total }) {
      if (state === 'sent') running.add(probe)
      else running.delete(probe)
      const names = [...running].join(', ')
      spinner.text = `${done} of ${total} probes${names === '' ? '' : `; running ${names}`}`.slice(
        0,
        process.stderr.columns - 4,
      )
    },
    stop: () => spinner.stop(),
  }
}
