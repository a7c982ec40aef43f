import { readFile } from 'node:fs/promises'
import { SoundcheckError } from '../../endpoint/index.ts'
import { whyNoAccess } from './why-no-access.ts'

/**
 * Reads a file that the user named.
 *
 * @throws SoundcheckError for one that cannot be read, which says why, and then what to do about it.
 */
export async function readText(file: string, advice?: string): Promise<string> {
  return readFile(file, 'utf8').catch(cannotRead(file, advice))
}

/** Turns the failure to read a file or a folder into a usage error that names it. */
export function cannotRead(path: string, advice?: string) {
  return (error: Error): never => {
    const hint = advice === undefined ? '' : `; ${advice}`
    throw new SoundcheckError(
      'INVALID_INPUT',
      `cannot read "${path}": ${whyNoAccess(error)}${hint}`,
    )
  }
}
