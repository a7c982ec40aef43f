import { readFile } from 'node:fs/promises'
import { type BenchReport, benchReportSchema, SoundcheckError } from '../bench/index.ts'
import { parseJson, type Violation, validatorOf } from '../protocol/index.ts'
import { whyNotJson } from './why-not-json.ts'

const violationsOf = validatorOf(benchReportSchema)

/**
 * Reads what `bench --out` wrote.
 *
 * @throws SoundcheckError for what cannot be read, and for anything else.
 */
export async function readBenchReport(file: string): Promise<BenchReport> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new SoundcheckError('INVALID_INPUT', `cannot read "${file}": ${error.message}`)
  })
  const json: unknown = parseJson(text)
  const [violation] = violationsOf(json)
  if (!violation) return json as BenchReport
  const why = json === undefined ? whyNotJson(text) : describe(violation)
  throw new SoundcheckError(
    'INVALID_INPUT',
    `"${file}" is not a report of bench (${why}); "soundcheck bench <url> --out <file>" writes one`,
  )
}

function describe({ path, message }: Violation): string {
  return path === '' ? message : `${path} ${message}`
}
