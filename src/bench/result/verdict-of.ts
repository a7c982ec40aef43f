import type { BudgetResult } from '../budgets/judge-budget.ts'
import type { InstrumentVerdict } from '../instrument/judge-instrument.ts'
import type { BenchReport } from './bench-report-schema.ts'
import { CUT_SHORT, type CutShort } from './cut-short.ts'
import { type Ended, failedText } from './failed-text.ts'

type Ruled = Pick<BudgetResult, 'expression' | 'of' | 'verdict' | 'reason' | 'needed'>

/** How the requests of a run ended, and what was asked of that. */
export interface Endings extends Ended {
  /** Whether a budget says, in whatever way, how many may fail. */
  readonly mayFail: boolean
}

/** What else is to be said of a run. */
export interface Remarks {
  /** What keeps it from being proof. */
  readonly doubts: readonly string[]
  /** What is only worth knowing. */
  readonly warnings: readonly string[]
}

/** What the budget allows that is suggested where there is none. */
const USUALLY_ALLOWED = 0.01

/**
 * Rules on a run.
 *
 * - `over-budget`: a budget is broken for certain.
 * - `inconclusive`: nothing good came back, a share of requests failed and no budget says how many
 *   may, the run was cut short, or a budget, the instrument or something else leaves doubt.
 */
export function verdictOf(
  budgets: readonly Ruled[],
  instrument: { readonly verdict: InstrumentVerdict; readonly reasons: readonly string[] },
  endings: Endings,
  cutShort: CutShort | null,
  remarks: Remarks = { doubts: [], warnings: [] },
): Pick<BenchReport, 'verdict' | 'reasons'> {
  const failed = failedText(endings)
  const failures = failed === null ? [] : [failed]
  const { attempted, ok } = endings
  const mayFail = endings.mayFail || attempted - ok < USUALLY_ALLOWED * attempted
  const broken = budgets.filter(({ verdict }) => verdict === 'fail')
  // Where nothing was measured, how well it was is no matter.
  const ofInstrument = ok === 0 ? [] : instrument.reasons
  const doubts = [
    ...failures
      .filter(() => !mayFail)
      .map((text) =>
        ok === 0 ? text : `${text}, and no budget says how many may: add --budget 'errors<0.01'`,
      ),
    ...(cutShort ? [CUT_SHORT[cutShort]] : []),
    ...remarks.doubts,
    ...(ok === 0 ? ['no request came to a good end'] : []),
    ...(instrument.verdict === 'void' ? ofInstrument : []),
  ]
  const unproven = whyUnproven(budgets)
  const warnings = [...remarks.warnings, ...(instrument.verdict === 'warn' ? ofInstrument : [])]
  // A void instrument can make an endpoint look slow, but does not make requests fail.
  const certain =
    instrument.verdict === 'void'
      ? broken.filter(({ of }) => of === 'errors' || of === 'availability')
      : broken
  // Beside a budget that is broken, it does not matter which could not be proven.
  if (certain.length > 0) return { verdict: 'over-budget', reasons: [...doubts, ...warnings] }
  if (doubts.length + unproven.length > 0) {
    return { verdict: 'inconclusive', reasons: [...doubts, ...unproven, ...warnings] }
  }
  return { verdict: 'pass', reasons: [...failures, ...warnings] }
}

/** What leaves budgets unproven, each told once, and how many values would prove all of them. */
function whyUnproven(budgets: readonly Ruled[]): string[] {
  const unproven = budgets.filter(({ verdict }) => verdict === 'inconclusive')
  return Array.from(
    Map.groupBy(unproven, ({ reason }) => reason),
    ([reason, alike]) => {
      const names = alike.map(({ expression }) => expression).join(', ')
      const needed = Math.max(...alike.map((each) => each.needed ?? 0))
      return `${names}: ${reason ?? ''}${needed > 0 ? `; it takes about ${needed}` : ''}`
    },
  )
}
