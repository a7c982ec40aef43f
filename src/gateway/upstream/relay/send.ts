import type { Header, HttpRequest } from '../../../wire/index.ts'

/** An answer whose head is there. */
export interface Answering {
  readonly status: number
  readonly headers: readonly Header[]
  /** Its bytes without content coding; leaving it ends the request. Throws where it breaks off. */
  readonly body: AsyncIterable<Uint8Array>
}

/**
 * Sends a request, by whatever the runtime has for it.
 *
 * @throws UpstreamError where there is no answer; the reason of `signal` where that aborts.
 */
export type Send = (request: HttpRequest, signal: AbortSignal) => Promise<Answering>
