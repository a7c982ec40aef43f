/**
 * Why an upstream gave no answer, or no whole one.
 *
 * - `unreachable`: no connection, or none that lasted until there was an answer.
 * - `unauthorized`: it refused the gateway's key (401, 403).
 * - `rate-limited`: 429.
 * - `refused`: another 4xx: it does not like the request.
 * - `failed`: 5xx, or it said that something broke.
 * - `late`: a limit of time ran out.
 * - `broken`: its answer broke off.
 * - `garbled`: what it sent is no answer.
 * - `filtered`: a content filter left nothing of its answer.
 */
export type UpstreamFault =
  | 'unreachable'
  | 'unauthorized'
  | 'rate-limited'
  | 'refused'
  | 'failed'
  | 'late'
  | 'broken'
  | 'garbled'
  | 'filtered'

interface Details {
  /** What it answered with, if it answered. */
  readonly status?: number
  /** When it wants to be asked again, in milliseconds from then. */
  readonly retryAfterMs?: number
  readonly cause?: unknown
}

/** An upstream that gave no answer. The message is for logs: it may quote the upstream, and is never sent on. */
export class UpstreamError extends Error {
  readonly fault: UpstreamFault
  readonly status: number | undefined
  readonly retryAfterMs: number | undefined

  constructor(fault: UpstreamFault, message: string, details: Details = {}) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined)
    this.name = 'UpstreamError'
    this.fault = fault
    this.status = details.status
    this.retryAfterMs = details.retryAfterMs
  }
}
