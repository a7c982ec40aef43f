import { readFile } from 'node:fs/promises'
import {
  type Baseline,
  baselineSchema,
  type CheckReport,
  SoundcheckError,
} from '../../conformance/index.ts'
import { validatorOf, parseJson } from '../../protocol/index.ts'
import { whyNoAccess } from './why-no-access.ts'
import { writeOutput } from './write-output.ts'

const violationsOf = validatorOf(baselineSchema)

/**
 * Reads a baseline.
 *
 * @throws SoundcheckError for a file that cannot be read, or is no baseline; one that is still to be
 *   written may be absent.
 */
export async function readBaseline(file: string, mayBeAbsent: boolean): Promise<Baseline> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    const isAbsent = (error as NodeJS.ErrnoException).code === 'ENOENT'
    if (isAbsent && mayBeAbsent) return { failures: [] }
    const hint = isAbsent ? '; write it with --update-baseline' : ''
    throw unusable(`cannot read the baseline "${file}": ${whyNoAccess(error as Error)}${hint}`)
  }
  const json = parseJson(text)
  if (json === undefined) throw unusable(`"${file}" is not JSON`)
  const [violation] = violationsOf(json)
  if (!violation) return json as unknown as Baseline
  const where = violation.path === '' ? '' : `${violation.path} `
  throw unusable(`"${file}" is not a baseline: ${where}${violation.message}`)
}

/**
 * Writes the baseline of a report, and says so.
 *
 * @throws SoundcheckError when the file cannot be written.
 */
export async function writeBaseline(file: string, { baseline }: CheckReport): Promise<void> {
  const failures = baseline.map(({ state: _, ...failure }) => failure)
  const json: Baseline = { $schema: baselineSchema.$id, failures }
  await writeOutput(file, `${JSON.stringify(json, null, 2)}\n`)
  const count = failures.length === 1 ? '1 known failure' : `${failures.length} known failures`
  process.stderr.write(`Wrote ${count} to ${file}\n`)
}

function unusable(message: string): SoundcheckError {
  return new SoundcheckError('INVALID_INPUT', message)
}
