import { randomUUID } from 'node:crypto'
import { rename, rm, writeFile } from 'node:fs/promises'
import { cannotWrite } from './cannot-write.ts'

/**
 * Writes a file that only its owner may read: it may hold a conversation. What stood in its place is
 * replaced; where that was a link, what it led to stays as it was.
 *
 * @throws SoundcheckError when it cannot be written.
 */
export async function writePrivateFile(file: string, text: string): Promise<void> {
  const draft = `${file}.${randomUUID()}`
  try {
    await writeFile(draft, text, { mode: 0o600, flag: 'wx' })
    await rename(draft, file)
  } catch (error) {
    await rm(draft, { force: true })
    cannotWrite(file)(error as Error)
  }
}
