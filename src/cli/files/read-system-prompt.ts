import { readFile } from 'node:fs/promises'
import { SoundcheckError } from '../../endpoint/index.ts'
import { whyNoAccess } from './why-no-access.ts'

/** A path or the name of a file, and no sentence: no blanks, but a slash, or an ending such as `.txt`. */
const LIKE_A_FILE = /^(?=\S*[\\/]|\S*\.[a-z]\w{0,7}$)\S+$/i

/**
 * Reads a system prompt: that in the file of this name where there is one, else the text itself.
 *
 * @throws SoundcheckError for a prompt that is empty, a file that cannot be read, and a text that
 *   names a file which is not there.
 */
export async function readSystemPrompt(textOrFile: string): Promise<string> {
  const prompt = await readFile(textOrFile, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const isMissing = error.code === 'ENOENT' || error.code === 'ENOTDIR'
    const isText = isMissing || error.code === 'ENAMETOOLONG'
    if (isText && !LIKE_A_FILE.test(textOrFile)) return textOrFile
    throw new SoundcheckError(
      'INVALID_INPUT',
      `the system prompt "${textOrFile}" cannot be read: ${whyNoAccess(error)}; a prompt that is no file has blanks in it`,
    )
  })
  if (prompt.trim() !== '') return prompt
  throw new SoundcheckError('INVALID_INPUT', 'the system prompt is empty')
}
