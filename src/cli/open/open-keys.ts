import { type FindKey, keyRing, openKeysFile } from '../../gateway/node.ts'
import { escapeText } from '../../wire/index.ts'
import { tell } from '../tell.ts'

/** Keys that are good, and what ends the looking at their file. */
export interface OpenedKeys {
  readonly find: FindKey
  readonly secrets: () => readonly string[]
  close(): void
}

/**
 * Opens the keys that were given, those of a file, or both; `undefined` where there are none.
 *
 * @throws SoundcheckError for a file that cannot be used.
 */
export function openKeys(
  given: readonly string[] = [],
  file: string | undefined,
): OpenedKeys | undefined {
  if (given.length === 0 && file === undefined) return undefined
  const ring = keyRing(
    given.map((key, i) => ({ name: given.length === 1 ? 'key' : `key ${i + 1}`, key })),
  )
  const opened =
    file === undefined
      ? undefined
      : openKeysFile(file, { tell: (message) => tell(escapeText(message)) })
  return {
    find: async (key) => (await ring(key)) ?? opened?.find(key),
    secrets: () => [...given, ...(opened?.secrets() ?? [])],
    close: () => opened?.close(),
  }
}
