import type { Evidence } from './evidence.ts'

/** Whether the server failed to answer, whatever was asked. */
export function hasFailed(evidence: Evidence): boolean {
  return !evidence.exchange?.response || isServerError(evidence)
}

/** Whether the server says that it failed. */
export function isServerError({ exchange }: Evidence): boolean {
  return (exchange?.response?.status ?? 0) >= 500
}
