import { replaceFile as replace } from '../../wire/node.ts'
import { cannotWrite } from './cannot-write.ts'

/**
 * Replaces a file that the user named by one that never stands there half-written.
 *
 * @throws SoundcheckError when it cannot be written.
 */
export async function replaceFile(file: string, text: string, mode?: number): Promise<void> {
  await replace(file, text, mode).catch(cannotWrite(file))
}
