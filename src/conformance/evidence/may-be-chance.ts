import type { Evidence } from './evidence.ts'
import { isServerError } from './is-server-error.ts'

/** Whether the server, or the connection, failed as either may by chance; what is late is late for a reason. */
export function mayBeChance(evidence: Evidence): boolean {
  const { response, end } = evidence.exchange ?? {}
  return isServerError(evidence) || (!response && end?.how === 'failed')
}
