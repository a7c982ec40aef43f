import { stat, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { cannotWrite } from './cannot-write.ts'
import { replaceFile } from './replace-file.ts'

/**
 * Writes to where the user says: a file is replaced, a device or a pipe is written to.
 *
 * @throws SoundcheckError when that cannot be.
 */
export async function writeOutput(file: string, text: string): Promise<void> {
  if (await isOpenedInPlace(file)) await writeFile(file, text).catch(cannotWrite(file))
  else await replaceFile(file, text)
}

/** Names such as /dev/stdout lead to whatever is open, perhaps a file; they must not be replaced. */
const OPEN_FILE = /^\/(?:dev\/(?:std|fd\/)|proc\/)/

async function isOpenedInPlace(file: string): Promise<boolean> {
  if (OPEN_FILE.test(resolve(file))) return true
  return stat(file).then(
    (stats) => !stats.isFile(),
    () => false,
  )
}
