import type { Exchange } from '../../wire/index.ts'
import type { Answer } from './read-answer.ts'

/**
 * How a request failed.
 *
 * - `connect`: no connection.
 * - `timeout`: not over within the time limit.
 * - `status`: not a 2xx.
 * - `cut`: broken off, by the endpoint or at our bounds, or ended without a finish reason.
 * - `error`: an error within the stream, or a finish reason that tells of one.
 * - `malformed`: not HTTP, not server-sent events, or not JSON.
 * - `empty`: nothing said and no tool called.
 * - `contract`: complete, but not as the contract wants it.
 */
export const FAILURES = [
  'connect',
  'timeout',
  'status',
  'cut',
  'error',
  'malformed',
  'empty',
  'contract',
] as const

export type FailureClass = (typeof FAILURES)[number]

/** Says how a request failed; `null` for a good one. */
export function classify(
  { end, response, connectMs }: Exchange,
  answer: Answer,
): FailureClass | null {
  if (end.how === 'timeout') return 'timeout'
  if (end.how === 'failed') {
    if (end.reason === 'malformed') return 'malformed'
    return connectMs === null ? 'connect' : 'cut'
  }
  if (!response || end.how === 'aborted' || answer.isTooLarge) return 'cut'
  if (response.status < 200 || response.status > 299) return 'status'
  if (answer.hasError) return 'error'
  if (answer.chunks === 0 || answer.unreadable > 0) return 'malformed'
  if (answer.finishMs === null) return 'cut'
  if (answer.text.length === 0 && answer.firstToolCallMs === null) return 'empty'
  return answer.doneMs === null ? 'contract' : null
}
