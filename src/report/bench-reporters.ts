import type { BenchReport } from '../bench/index.ts'
import { benchPage } from './html/bench-page.ts'
import { benchCsv } from './reporters/bench-csv.ts'
import { benchMarkdown } from './reporters/bench-markdown.ts'
import { benchReportText } from './terminal/bench-report.ts'
import type { BenchStyle } from './terminal/style.ts'
import { jsonText } from './text/json-text.ts'

/** Turns the report of `bench` into text. Pure. */
type BenchReporter = (report: BenchReport, style: BenchStyle) => string

/** Every way to report a run of `bench`, by the name a user gives. */
export const benchReporters = {
  terminal: benchReportText,
  json: (report) => jsonText(report),
  csv: benchCsv,
  markdown: benchMarkdown,
  html: benchPage,
} satisfies Record<string, BenchReporter>

export type BenchReporterName = keyof typeof benchReporters
