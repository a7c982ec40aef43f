import type { Check } from '../check/define-check.ts'
import { asksForStream } from '../probe-ids.ts'

/** Whether a check judges only what is no turn. */
export function isBesideTurns({ probes }: Check): boolean {
  return typeof probes !== 'string' && !probes.some(asksForStream)
}
