import { readFile } from 'node:fs/promises'
import { type BenchReport, benchReportSchema, SoundcheckError } from '../bench/index.ts'
import { parseJson, validatorOf } from '../protocol/index.ts'

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
  throw new SoundcheckError(
    'INVALID_INPUT',
    `"${file}" is not a report of bench: ${violation.path} ${violation.message}`,
  )
}
