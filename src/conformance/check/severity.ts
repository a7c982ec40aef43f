/** From the worst to the mildest. */
export const SEVERITIES = ['error', 'warning', 'info'] as const

/**
 * - `error`: breaks a documented MUST, crashes a real client, loses speech or kills the call.
 * - `warning`: breaks some clients, or will break when something else changes.
 * - `info`: worth knowing.
 */
export type Severity = (typeof SEVERITIES)[number]

export function worstOf(severities: readonly Severity[]): Severity | undefined {
  return SEVERITIES.find((severity) => severities.includes(severity))
}

export function milderOf(a: Severity, b: Severity): Severity {
  return SEVERITIES[Math.max(SEVERITIES.indexOf(a), SEVERITIES.indexOf(b))]!
}
