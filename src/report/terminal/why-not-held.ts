import type { BenchReport } from '../../bench/index.ts'
import { escapeText } from '../../wire/index.ts'
import { showNumber } from './show-quantity.ts'

/** Why budgets did not hold: those that are broken, then all that leaves doubt. */
export function whyNotHeld({ budgets, reasons }: BenchReport): string[] {
  return [
    ...budgets
      .filter(({ verdict }) => verdict === 'fail')
      .map(({ expression, actual, reason }) =>
        reason === null ? `${expression} is ${showNumber(actual)}` : `${expression}: ${reason}`,
      ),
    ...reasons,
  ].map(escapeText)
}
