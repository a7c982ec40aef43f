import type { BenchReport } from '../bench/index.ts'
import { showNumber } from './terminal/show-quantity.ts'

/** Why a run is no plain pass: the budgets that are broken for certain, then all that leaves doubt. */
export function whyNotHeld({ verdict, budgets, reasons }: BenchReport): string[] {
  if (verdict !== 'over-budget') return [...reasons]
  const broken = budgets
    .filter((each) => each.verdict === 'fail')
    .map(({ expression, actual, reason }) =>
      reason === null ? `${expression} is ${showNumber(actual)}` : `${expression}: ${reason}`,
    )
  return [broken.join('; '), ...reasons]
}
