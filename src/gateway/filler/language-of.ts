import type * as Tinyld from 'tinyld'
import { SoundcheckError } from '../../endpoint/index.ts'

let detect: typeof Tinyld.detect | undefined

/**
 * Loads what tells languages, an optional peer.
 *
 * @throws SoundcheckError where it is not installed.
 */
export async function loadLanguages(): Promise<void> {
  try {
    ;({ detect } = await import('tinyld'))
  } catch (error) {
    throw new SoundcheckError(
      'INVALID_INPUT',
      `buffer words by language need the package tinyld (${(error as Error).message}): npm install tinyld`,
    )
  }
}

/** Which of some languages, as ISO 639-1 has them, a text is in; `undefined` where it cannot be told. */
export function languageOf(text: string, among: readonly string[]): string | undefined {
  const found = detect?.(text, { only: [...among] })
  return found === '' ? undefined : found
}
