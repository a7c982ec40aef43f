import type { LintReport } from '../result/lint-report-schema.ts'
import { inSlices } from './in-slices.ts'
import { lintInSteps, type LintOptions, type Saved } from './lint-saved.ts'

/**
 * Lints as `lint` does, and lets the event loop turn meanwhile. After an interrupt, what is left stays
 * unjudged.
 *
 * @throws SoundcheckError for a policy that makes no sense.
 */
export function lintInSlices(
  saved: readonly Saved[],
  options: LintOptions,
  signal: AbortSignal,
): Promise<LintReport> {
  return inSlices(lintInSteps(saved, options), signal)
}
