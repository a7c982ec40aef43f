import { readFileSync, unwatchFile, watchFile } from 'node:fs'
import { SoundcheckError } from '../../endpoint/index.ts'
import { parseJsonOrThrow, validatorOf } from '../../protocol/index.ts'
import type { FindKey } from './find-key.ts'
import { type GatewayKey, keyRing } from './key-ring.ts'
import { keysSchema } from './keys-schema.ts'

const violationsOf = validatorOf(keysSchema)
const LOOK_EVERY_MS = 1_000

export interface KeysFileOptions {
  /** Told when the file was read again, or could not be, which changes nothing. */
  readonly tell: (message: string) => void
  /** @defaultValue 1000 */
  readonly lookEveryMs?: number
}

/** Keys that stand in a file, as it is now. */
export interface KeysFile {
  readonly find: FindKey
  /** Looks at it no more. */
  close(): void
}

/**
 * Finds keys in a file, which is read again whenever it changes. It is looked at, since nothing tells
 * of changes where a folder above is swapped, as that of a secret of Kubernetes is.
 *
 * @throws SoundcheckError for a file that cannot be used.
 */
export function openKeysFile(file: string, options: KeysFileOptions): KeysFile {
  let find = readKeys(file)
  const readAgain = () => {
    try {
      find = readKeys(file)
      options.tell(`${file} was read again`)
    } catch (error) {
      options.tell(`${(error as Error).message}; the keys before stay`)
    }
  }
  const interval = options.lookEveryMs ?? LOOK_EVERY_MS
  watchFile(file, { interval, persistent: false }, readAgain)
  return {
    find: (key) => find(key),
    close: () => unwatchFile(file, readAgain),
  }
}

function readKeys(file: string): FindKey {
  let json
  try {
    json = parseJsonOrThrow(readFileSync(file, 'utf8'))
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw unusable(file, code ?? message)
  }
  const [violation] = violationsOf(json)
  if (violation) throw unusable(file, `${violation.path} ${violation.message}`.trim())
  const { keys } = json as unknown as { keys: GatewayKey[] }
  return keyRing(keys)
}

function unusable(file: string, why: string): SoundcheckError {
  return new SoundcheckError('INVALID_INPUT', `the keys in ${file} cannot be used: ${why}`)
}
