import { UpstreamError } from '../upstream-error.ts'
import type { Saying } from '../upstream.ts'
import { ChunksOfParts } from './chunks-of-parts.ts'
import type { StreamPart } from './stream-part.ts'
import { toUpstreamError } from './to-upstream-error.ts'

type Batch = readonly Saying[]

/**
 * What a language model says, in chunks. Aborting, or leaving, cancels it, also before it was listened
 * to: a generator would not have begun.
 */
export class SaidByModel implements AsyncIterableIterator<Batch, undefined> {
  readonly #reader: ReadableStreamDefaultReader<StreamPart>
  readonly #chunks: ChunksOfParts
  readonly #signal: AbortSignal

  constructor(stream: ReadableStream<StreamPart>, modelId: string, signal: AbortSignal) {
    this.#reader = stream.getReader()
    this.#chunks = new ChunksOfParts(modelId)
    this.#signal = signal
    signal.addEventListener('abort', this.#leave, { once: true })
    if (signal.aborted) this.#leave()
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  /** @throws UpstreamError; the reason of the signal, once it is aborted. */
  async next(): Promise<IteratorResult<Batch, undefined>> {
    try {
      const value = await this.#read()
      if (value !== undefined) return { done: false, value }
    } catch (error) {
      this.#leave()
      this.#signal.throwIfAborted()
      // Once it is finished, everything was said; only its connection has not ended.
      if (!this.#chunks.areFinished) throw toUpstreamError(error, 'answering')
    }
    return this.return()
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    this.#leave()
    return { done: true, value: undefined }
  }

  async #read(): Promise<Batch | undefined> {
    while (true) {
      const { done, value } = await this.#reader.read()
      this.#signal.throwIfAborted()
      if (!done) {
        const said = this.#chunks.take(value)
        if (said.length > 0) return said
      } else if (this.#chunks.areFinished) {
        return undefined
      } else {
        throw new UpstreamError('broken', 'The answer ended before it was finished.')
      }
    }
  }

  readonly #leave = (): void => {
    this.#signal.removeEventListener('abort', this.#leave)
    this.#reader.cancel(this.#signal.reason).catch(() => {})
  }
}
