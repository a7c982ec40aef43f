import type { BenchReport } from '../../bench/index.ts'
import { REQUEST_SHARES } from '../../budget/index.ts'
import { showNumber } from '../text/show-quantity.ts'

const SHARES: readonly unknown[] = REQUEST_SHARES

/** What was measured for a budget; of a share, enough digits to tell it from all and from nothing. */
export function showActual({ of, actual }: BenchReport['budgets'][number]): string {
  return actual !== null && SHARES.includes(of)
    ? `${Number(actual.toFixed(5))}`
    : showNumber(actual)
}
