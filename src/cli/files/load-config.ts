import { stat } from 'node:fs/promises'
import { SoundcheckError } from '../../endpoint/index.ts'
import { importConfig } from './import-config.ts'
import { readJson } from './read-json.ts'

/**
 * Finds the one file of several names in the working directory; `undefined` when there is none.
 *
 * @throws SoundcheckError where there are two.
 */
export async function findConfig(names: readonly string[]): Promise<string | undefined> {
  const found = []
  for (const name of names) if (await stat(name).catch(() => undefined)) found.push(name)
  const [first, second] = found
  if (first !== undefined && second !== undefined) {
    throw unusableConfig(
      second,
      `there is ${first} too; keep one of them, or name one with --config`,
    )
  }
  return first
}

/**
 * Reads what a file of JSON holds, or what one of code exports.
 *
 * @param advice What to do about one that is not there.
 * @throws SoundcheckError for a file that cannot be read.
 */
export async function loadConfig(file: string, advice: string): Promise<unknown> {
  if (file.endsWith('.json')) {
    return readJson(file, { name: 'a configuration', violationsOf: () => [], advice })
  }
  try {
    return await importConfig(file)
  } catch (error) {
    // It may quote what stands there.
    if (error instanceof SyntaxError || error instanceof ReferenceError) {
      throw unusableConfig(file, `it is not valid code (${error.name}); "node ${file}" shows where`)
    }
    throw unusableConfig(file, (error as Error).message)
  }
}

export function unusableConfig(file: string, reason: string): SoundcheckError {
  return new SoundcheckError('INVALID_INPUT', `${file} cannot be used: ${reason}`)
}
