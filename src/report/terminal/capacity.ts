import type { Capacity, LoadStep } from '../../bench/index.ts'
import { colorsOf, type TerminalStyle } from './style.ts'
import { showNumber } from './show-quantity.ts'
import { whyNotHeld } from './why-not-held.ts'

/** One rate that was tried, in a line. */
export function capacityStepText({ ratePerSecond, holds, report }: LoadStep): string {
  const why = holds ? '' : `  ${whyNotHeld(report).join('; ')}`
  return `  ${showNumber(ratePerSecond).padStart(9)} requests/s  ${holds ? 'holds' : 'does not hold'}${why}\n`
}

/** The highest rate at which the budgets held. */
export function capacityText(
  { ratePerSecond, isComplete }: Capacity,
  style: TerminalStyle,
): string {
  const { bold } = colorsOf(style)
  const rate = `${showNumber(ratePerSecond)} requests/s`
  if (!isComplete) {
    return ratePerSecond === null
      ? `\n${bold('UNKNOWN')}  the search ended before its first rate did\n`
      : `\n${bold('AT LEAST')}  ${rate}; the search ended before it found where the budgets break\n`
  }
  return ratePerSecond === null
    ? `\n${bold('NO CAPACITY')}  the budgets did not hold at the lowest rate\n`
    : `\n${bold('CAPACITY')}  ${rate}, within 5 %\n`
}
