import type { ReportContext } from '../../src/report/index.ts'

/** How a reporter is called that writes to a file. */
export function contextOf(context: Partial<ReportContext> = {}): ReportContext {
  return { failOn: 'error', style: { width: 100, color: false }, ...context }
}
