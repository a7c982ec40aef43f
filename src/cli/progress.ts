import yoctoSpinner from 'yocto-spinner'
import type { Progress } from '../conformance/index.ts'

/** Shows on standard error, where that is a terminal, which probes are under way. */
export function showProgress(): { update: (progress: Progress) => void; stop: () => void } {
  if (!process.stderr.isTTY) return { update: () => {}, stop: () => {} }
  const spinner = yoctoSpinner({ stream: process.stderr }).start()
  const underWay = new Set<string>()
  return {
    update({ probe, state, done, total }) {
      if (state === 'sent') underWay.add(probe.id)
      else underWay.delete(probe.id)
      spinner.text = `${done} of ${total} probes; waiting for ${[...underWay].join(', ')}`
    },
    stop: () => spinner.stop(),
  }
}
