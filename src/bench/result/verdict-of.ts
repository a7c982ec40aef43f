import type { BudgetResult } from '../budget/judge-budget.ts'
import type { InstrumentVerdict } from '../instrument/judge-instrument.ts'
import type { BenchReport } from './bench-report-schema.ts'
import { CUT_SHORT, type CutShort } from './cut-short.ts'

/**
 * Rules on a run.
 *
 * - `over-budget`: a budget is broken for certain.
 * - `inconclusive`: nothing good came back, the run was cut short, or a budget or the instrument
 *   leaves doubt.
 */
export function verdictOf(
  budgets: readonly Pick<BudgetResult, 'expression' | 'of' | 'verdict' | 'reason'>[],
  instrument: { readonly verdict: InstrumentVerdict; readonly reasons: readonly string[] },
  ok: number,
  cutShort: CutShort | null,
): Pick<BenchReport, 'verdict' | 'reasons'> {
  const broken = budgets.filter(({ verdict }) => verdict === 'fail')
  const doubts = [
    ...(cutShort ? [CUT_SHORT[cutShort]] : []),
    ...(ok === 0 ? ['no request came to a good end'] : []),
    ...(instrument.verdict === 'void' ? instrument.reasons : []),
    ...budgets
      .filter(({ verdict }) => verdict === 'inconclusive')
      .map(({ expression, reason }) => `${expression}: ${reason ?? ''}`),
  ]
  const warnings = instrument.verdict === 'warn' ? [...instrument.reasons] : []
  // A void instrument can make an endpoint look slow, but does not make requests fail.
  const certain =
    instrument.verdict === 'void'
      ? broken.filter(({ of }) => of === 'errors' || of === 'availability')
      : broken
  if (certain.length > 0) return { verdict: 'over-budget', reasons: [...doubts, ...warnings] }
  return { verdict: doubts.length > 0 ? 'inconclusive' : 'pass', reasons: [...doubts, ...warnings] }
}
