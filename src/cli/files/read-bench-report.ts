import { type BenchReport, benchReportSchema } from '../../bench/index.ts'
import { parseJson, validatorOf } from '../../protocol/index.ts'
import { type Kind, parseAs, readJson } from './read-json.ts'
import { readText } from './read-text.ts'

const REPORT: Kind<BenchReport> = {
  name: 'a report of bench',
  violationsOf: validatorOf(benchReportSchema),
  advice: '"soundcheck bench <url> --out <file>" writes one, of one load and one endpoint',
}

/**
 * Reads what `bench --out` wrote.
 *
 * @throws SoundcheckError for what cannot be read, and for anything else.
 */
export async function readBenchReport(file: string): Promise<BenchReport> {
  return readJson(file, REPORT)
}

/** The reports of a log, and how many of its lines are of others. */
export interface LoggedReports {
  readonly reports: readonly BenchReport[]
  readonly skippedLines: number
}

/** How a report begins that `bench` has written in a line; a log may put the time before it. */
const START = '{"schemaVersion":'

/**
 * Reads what `bench --out` wrote, or a log in which its reports are lines among others, such as those
 * of npm.
 *
 * @throws SoundcheckError for what cannot be read, and where there is no report.
 */
export async function readLoggedReports(file: string): Promise<LoggedReports> {
  const text = await readText(file, REPORT.advice)
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const written = lines.filter((line) => line.includes(START))
  if (written.length === 0 || parseJson(text) !== undefined) {
    return { reports: [parseAs(text, `"${file}"`, REPORT)], skippedLines: 0 }
  }
  return {
    reports: written.map((line, i) =>
      parseAs(line.slice(line.indexOf(START)), `report ${i + 1} of "${file}"`, REPORT),
    ),
    skippedLines: lines.length - written.length,
  }
}
