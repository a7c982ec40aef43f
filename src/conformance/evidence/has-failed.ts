import type { Evidence } from './evidence.ts'
import { isServerError } from './is-server-error.ts'

/** Whether the server failed to answer, whatever was asked. */
export function hasFailed(evidence: Evidence): boolean {
  return !evidence.exchange?.response || isServerError(evidence)
}
