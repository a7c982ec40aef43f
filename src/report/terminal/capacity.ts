import type { Capacity, CapacityStep } from '../../bench/index.ts'
import { colorsOf, type TerminalStyle } from './style.ts'
import { showNumber } from './show-quantity.ts'

/** One rate that was tried, in a line. */
export function capacityStepText({ ratePerSecond, holds, report }: CapacityStep): string {
  const doubts = report.budgets
    .filter(({ verdict }) => verdict !== 'pass')
    .map(({ expression, actual }) => `${expression} is ${showNumber(actual)}`)
  const why = doubts.length > 0 ? `  ${doubts.join(', ')}` : ''
  return `  ${showNumber(ratePerSecond).padStart(9)} requests/s  ${holds ? 'holds' : 'does not hold'}${why}\n`
}

/** The highest rate at which the budgets held. */
export function capacityText({ ratePerSecond }: Capacity, style: TerminalStyle): string {
  const { bold } = colorsOf(style)
  return ratePerSecond === null
    ? `\n${bold('NO CAPACITY')}  the budgets did not hold at the lowest rate\n`
    : `\n${bold('CAPACITY')}  ${showNumber(ratePerSecond)} requests/s, within 5 %\n`
}
