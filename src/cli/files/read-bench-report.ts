import { readFile } from 'node:fs/promises'
import { type BenchReport, benchReportSchema, SoundcheckError } from '../../bench/index.ts'
import { parseJson, type Violation, validatorOf } from '../../protocol/index.ts'
import { whyNoAccess } from './why-no-access.ts'
import { whyNotJson } from './why-not-json.ts'

const violationsOf = validatorOf(benchReportSchema)

/**
 * Reads what `bench --out` wrote.
 *
 * @throws SoundcheckError for what cannot be read, and for anything else.
 */
export async function readBenchReport(file: string): Promise<BenchReport> {
  return toReport(await read(file), `"${file}"`)
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
  const text = await read(file)
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const written = lines.filter((line) => line.includes(START))
  if (written.length === 0 || parseJson(text) !== undefined) {
    return { reports: [toReport(text, `"${file}"`)], skippedLines: 0 }
  }
  return {
    reports: written.map((line, i) =>
      toReport(line.slice(line.indexOf(START)), `report ${i + 1} of "${file}"`),
    ),
    skippedLines: lines.length - written.length,
  }
}

function read(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: Error) => {
    throw new SoundcheckError('INVALID_INPUT', `cannot read "${file}": ${whyNoAccess(error)}`)
  })
}

function toReport(text: string, name: string): BenchReport {
  const json: unknown = parseJson(text)
  const [violation] = violationsOf(json)
  if (!violation) return json as BenchReport
  const why = json === undefined ? whyNotJson(text) : describe(violation)
  throw new SoundcheckError(
    'INVALID_INPUT',
    `${name} is not a report of bench (${why}); "soundcheck bench <url> --out <file>" writes one`,
  )
}

function describe({ path, message }: Violation): string {
  return path === '' ? message : `${path} ${message}`
}
