import { stat } from 'node:fs/promises'
import { type Baseline, baselineSchema, type CheckReport } from '../../conformance/index.ts'
import { validatorOf } from '../../protocol/index.ts'
import { type Kind, readJson } from './read-json.ts'
import { writeOutput } from './write-output.ts'

const BASELINE: Kind<Baseline> = {
  name: 'a baseline',
  violationsOf: validatorOf(baselineSchema),
  advice: 'write it with --update-baseline',
}

/**
 * Reads a baseline.
 *
 * @throws SoundcheckError for a file that cannot be read, or is no baseline; one that is still to be
 *   written may be absent.
 */
export async function readBaseline(file: string, mayBeAbsent: boolean): Promise<Baseline> {
  if (mayBeAbsent && (await isAbsent(file))) return { failures: [] }
  return readJson(file, BASELINE)
}

function isAbsent(file: string): Promise<boolean> {
  return stat(file).then(
    () => false,
    ({ code }: NodeJS.ErrnoException) => code === 'ENOENT',
  )
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
