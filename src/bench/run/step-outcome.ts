import type { BenchReport } from '../result/bench-report-schema.ts'
import { cutShortBy } from '../result/cut-short.ts'

/**
 * What a search for a capacity makes of a step.
 *
 * - `holds`: the budgets do, or what was measured keeps them. At the capacity itself a percentile is
 *   at its bound, where no number of requests proves either side.
 * - `breaks`: a budget is broken, or what was measured does not keep it.
 * - `too-few`: there are fewer values than a verdict takes; a higher rate brings more.
 * - `unknown`: nothing that more requests would change, such as an instrument that is too slow.
 */
export type StepOutcome = 'holds' | 'breaks' | 'too-few' | 'unknown'

export function stepOutcome(report: BenchReport): StepOutcome {
  const { verdict, budgets, instrument, requests } = report
  if (verdict === 'pass') return 'holds'
  const cutShort = cutShortBy(report)
  if (verdict === 'over-budget' || cutShort === 'errors') return 'breaks'
  const open = budgets.filter((budget) => budget.verdict === 'inconclusive')
  const isSound = cutShort === null && instrument.verdict !== 'void' && requests.ok > 0
  if (!isSound || open.some(({ keeps }) => keeps === null)) return 'unknown'
  if (open.some(({ keeps, tooFew }) => keeps === false && !tooFew)) return 'breaks'
  return open.some(({ tooFew }) => tooFew) ? 'too-few' : 'holds'
}
