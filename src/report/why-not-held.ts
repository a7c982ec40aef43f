import type { BenchReport } from '../bench/index.ts'
import { showNumber } from './terminal/show-quantity.ts'

/** Why a run is no plain pass: the budgets that are broken for certain, then all that leaves doubt. */
export function whyNotHeld({ verdict, budgets, reasons }: BenchReport): string[] {
  if (verdict !== 'over-budget') return [...reasons]
  const broken = budgets.filter((each) => each.verdict === 'fail')
  const alike = Map.groupBy(broken, ({ expression, reason }) => reason ?? expression)
  const told = Array.from(alike.values(), (those) => {
    const { actual, reason } = those[0]!
    const names = those.map(({ expression }) => expression).join(', ')
    return reason === null ? `${names} is ${showNumber(actual)}` : `${names}: ${reason}`
  })
  return [told.join('; '), ...reasons]
}
