import type { Difference } from '../bench/index.ts'
import type { Verdict } from '../conformance/index.ts'

/** What the process tells its caller. */
export const EXIT = {
  good: 0,
  failures: 1,
  cannotRun: 2,
  overBudget: 3,
  inconclusive: 4,
  interrupted: 130,
} as const

/** What help says of the codes of `check`. */
export const CHECK_EXIT_CODES = `Exit codes: 0 good, 1 failures, 2 cannot run, 3 only latency budgets broken,
4 inconclusive, 130 interrupted.`

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** What certainly went wrong counts before what is uncertain. */
export function worstOf(codes: readonly ExitCode[]): ExitCode {
  return codes.find((code) => code === EXIT.overBudget) ?? codes.find(Boolean) ?? EXIT.good
}

export function exitCodeOf(verdict: Verdict): ExitCode {
  switch (verdict) {
    case 'pass':
      return EXIT.good
    case 'fail':
      return EXIT.failures
    case 'over-budget':
      return EXIT.overBudget
    case 'inconclusive':
      return EXIT.inconclusive
  }
}

export function exitCodeOfDifference(difference: Difference): ExitCode {
  if (difference === 'slower') return EXIT.overBudget
  return difference === 'inconclusive' ? EXIT.inconclusive : EXIT.good
}
