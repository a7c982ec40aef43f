import { UpstreamError } from '../upstream-error.ts'
import type { Hear } from '../upstream.ts'
import { ChunksOfParts } from './chunks-of-parts.ts'
import type { StreamPart } from './stream-part.ts'
import { toUpstreamError } from './to-upstream-error.ts'

/**
 * Tells what a language model says, in chunks, until it ends. Aborting cancels it.
 *
 * @throws UpstreamError; the reason of the signal, once it is aborted.
 */
export async function hearModel(
  stream: ReadableStream<StreamPart>,
  options: { readonly modelId: string; readonly signal: AbortSignal; readonly hear: Hear },
): Promise<void> {
  const { modelId, signal, hear } = options
  const reader = stream.getReader()
  const chunks = new ChunksOfParts(modelId)
  const leave = () => void reader.cancel(signal.reason).catch(() => {})
  signal.addEventListener('abort', leave, { once: true })
  if (signal.aborted) leave()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      signal.throwIfAborted()
      if (done) break
      const said = chunks.take(value)
      if (said.length > 0) hear(said)
    }
    if (!chunks.areFinished) {
      throw new UpstreamError('broken', 'The answer ended before it was finished.')
    }
  } catch (error) {
    signal.throwIfAborted()
    // Once it is finished, everything was said; only its connection has not ended.
    if (!chunks.areFinished) throw toUpstreamError(error, 'answering')
  } finally {
    signal.removeEventListener('abort', leave)
    leave()
  }
}
