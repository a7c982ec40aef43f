import { readFileSync } from 'node:fs'
import { SoundcheckError } from '../../endpoint/index.ts'
import { parseJson, validatorOf } from '../../protocol/index.ts'
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
  /** The keys themselves, which must not be told. */
  readonly secrets: () => readonly string[]
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
  const { tell, lookEveryMs = LOOK_EVERY_MS } = options
  let seen = lookAt(file)
  let keys = keysIn(seen, file)
  let find = keyRing(keys)
  const look = () => {
    const now = lookAt(file)
    if (now.text === seen.text && now.code === seen.code) return
    seen = now
    try {
      keys = keysIn(now, file)
      find = keyRing(keys)
      tell(`${file} was read again`)
    } catch (error) {
      tell(`${(error as Error).message}; the keys before stay`)
    }
  }
  const timer = setInterval(look, lookEveryMs).unref()
  return {
    find: (key) => find(key),
    secrets: () => keys.flatMap(({ key }) => key ?? []),
    close: () => clearInterval(timer),
  }
}

/** What a file holds, or why it cannot be read. */
interface Look {
  readonly text: string
  readonly code?: string | undefined
}

function lookAt(file: string): Look {
  try {
    return { text: readFileSync(file, 'utf8') }
  } catch (error) {
    return { text: '', code: (error as NodeJS.ErrnoException).code }
  }
}

function keysIn({ text, code }: Look, file: string): readonly GatewayKey[] {
  if (code !== undefined) throw unusable(file, code)
  const json = parseJson(text)
  if (json === undefined) throw unusable(file, 'it is not JSON')
  const [violation] = violationsOf(json)
  // Its detail may be a key in the wrong place.
  if (violation)
    throw unusable(file, `${violation.path} ${violation.message.split(': ')[0]}`.trim())
  return (json as unknown as { keys: GatewayKey[] }).keys
}

function unusable(file: string, why: string): SoundcheckError {
  return new SoundcheckError('INVALID_INPUT', `the keys in ${file} cannot be used: ${why}`)
}
