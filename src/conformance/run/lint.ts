import type { LintReport } from '../result/lint-report-schema.ts'
import { Linter, type LintOptions, type Saved } from './linter.ts'

/**
 * Judges what was saved as {@link Linter} does, once.
 *
 * @throws SoundcheckError for a policy that makes no sense.
 */
export function lint(saved: readonly Saved[], options?: LintOptions): LintReport {
  return new Linter(options).lint(saved)
}
