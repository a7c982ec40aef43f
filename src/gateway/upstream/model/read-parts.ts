import type { StreamPart } from './stream-part.ts'

/** How long is waited for a connection to be done with after the end. */
const LINGER_MS = 1000

/**
 * Reads what a language model says. Aborting, or leaving before its last part, cancels it.
 *
 * @throws the reason of the signal, once it is aborted.
 */
export async function* readParts(
  stream: ReadableStream<StreamPart>,
  signal: AbortSignal,
): AsyncGenerator<StreamPart, void> {
  const reader = stream.getReader()
  const cancel = () => void reader.cancel(signal.reason).catch(() => {})
  signal.addEventListener('abort', cancel, { once: true })
  let isFinished = false
  try {
    while (true) {
      signal.throwIfAborted()
      const { done, value } = await reader.read()
      signal.throwIfAborted()
      if (done) return
      isFinished = value.type === 'finish'
      yield value
    }
  } finally {
    signal.removeEventListener('abort', cancel)
    if (isFinished) void drain(reader)
    else cancel()
  }
}

/** Lets the answer end by itself: only then can its connection be used again. */
async function drain(reader: ReadableStreamDefaultReader<StreamPart>): Promise<void> {
  const timer = setTimeout(() => void reader.cancel().catch(() => {}), LINGER_MS)
  try {
    while (!(await reader.read()).done);
  } catch {
    // Everything was said.
  } finally {
    clearTimeout(timer)
  }
}
