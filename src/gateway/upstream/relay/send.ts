import type { HttpRequest } from '../../../wire/index.ts'

/** An answer whose head is there. */
export interface Answering {
  readonly status: number
  /** The value of a header, whose name is in lower case. */
  readonly header: (name: string) => string | undefined
  /** Reads its body, once. */
  readonly read: ReadBody
}

/**
 * Gives the bytes of a body as they come, without content coding; resolves at its end. What `take` throws
 * ends the request, and is thrown.
 *
 * @throws UpstreamError where it breaks off; the reason of the request's signal, where that aborts.
 */
export type ReadBody = (take: (bytes: Uint8Array) => void) => Promise<void>

/**
 * Sends a request, by whatever the runtime has for it.
 *
 * @throws UpstreamError where there is no answer; the reason of `signal` where that aborts.
 */
export type Send = (request: HttpRequest, signal: AbortSignal) => Promise<Answering>
