import type { BenchReport } from '../../bench/index.ts'
import { showActual } from './show-actual.ts'

/** Why a run is no plain pass: the budgets that are broken for certain, then all that leaves doubt. */
export function whyNotHeld({ verdict, budgets, reasons }: BenchReport): string[] {
  if (verdict !== 'over-budget') return [...reasons]
  const broken = budgets.filter((each) => each.verdict === 'fail')
  const alike = Map.groupBy(broken, ({ expression, reason }) => reason ?? expression)
  const told = Array.from(alike.values(), (those) => {
    const { reason } = those[0]!
    const names = those.map(({ expression }) => expression).join(', ')
    return reason === null ? `${names} is ${showActual(those[0]!)}` : `${names}: ${reason}`
  })
  return [told.join('; '), ...reasons]
}
