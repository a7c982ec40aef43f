import type { CheckResult } from '../../conformance/index.ts'
import { fixFirst } from '../verdicts/fix-first.ts'
import { labelled } from './labelled.ts'
import type { TerminalStyle } from './style.ts'

/** The last line of a report, where readers begin; none where nothing is to be mended. */
export function fixFirstLine(checks: readonly CheckResult[], style: TerminalStyle): string[] {
  const text = fixFirst(checks)
  return text === undefined ? [] : [labelled('fix first', text, 2, style)]
}
