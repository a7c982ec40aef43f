import { once } from 'node:events'
import { flushCompileCache } from 'node:module'

/** Waits for what `onInterrupt` gave to be aborted. Others may end the process in a way that it cannot hear. */
export async function untilInterrupted(signal: AbortSignal): Promise<void> {
  // Otherwise, what was compiled is kept by a process that ends by itself alone.
  flushCompileCache()
  if (!signal.aborted) await once(signal, 'abort')
}
