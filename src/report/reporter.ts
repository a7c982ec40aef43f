import type { Finding } from '../conformance/index.ts'
import type { TerminalStyle } from './terminal/style.ts'
import type { Report } from './verdicts/suites.ts'

/** What a report does not know of the run and the place it is shown at. */
export interface ReportContext {
  /** The lowest severity that fails the run. */
  readonly failOn: 'error' | 'warning'
  /** How to write where colours and width are the reader's. */
  readonly style: TerminalStyle
  /** The command that repeats the request of a finding, for readers at this machine. */
  readonly repeatCommand?: (finding: Finding) => string | null
}

/** Turns the report of `check` or `lint` into text. Pure. */
export type Reporter = (report: Report, context: ReportContext) => string
