import { EXIT } from '../exit-code.ts'
import { tell } from '../tell.ts'

const interruption = new AbortController()
let isHeeded = false

/**
 * Hears SIGINT and SIGTERM from now on. The first one aborts the run, so that a partial report can be
 * written; where there is no run yet, it ends the process, as the second one does in any case.
 */
export function hearInterrupts(): void {
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', interrupt)
}

/** The signal that the first interrupt aborts; who asks for it sees to the end. */
export function onInterrupt(): AbortSignal {
  isHeeded = true
  return interruption.signal
}

function interrupt(): void {
  if (isHeeded && !interruption.signal.aborted) return interruption.abort()
  if (!isHeeded) tell('interrupted before there was anything to report')
  process.exit(EXIT.interrupted)
}
