import type { LintReport } from '../result/lint-report-schema.ts'
import { inSlices } from './in-slices.ts'
import type { Linter, Saved } from './linter.ts'

/** Lints, and lets the event loop turn meanwhile. After an interrupt, what is left stays unjudged. */
export function lintInSlices(
  linter: Linter,
  saved: readonly Saved[],
  signal?: AbortSignal,
): Promise<LintReport> {
  return inSlices(linter.inSteps(saved), signal)
}
