import { SoundcheckError } from '../../endpoint/index.ts'
import { sha256 } from '../sha-256.ts'
import type { FindKey, LimitedKeyHolder } from './find-key.ts'

/** A key, or the hash of one, and whose it is. */
export type GatewayKey = LimitedKeyHolder &
  (
    | { readonly key: string; readonly sha256?: undefined }
    | { /** Of the key, in hexadecimal. */ readonly sha256: string; readonly key?: undefined }
  )

/** As `authorize` reads it. */
const BEARABLE = /^\S+$/

/**
 * Finds one key among several, in any runtime. All are compared, by their hashes, so that the time it
 * takes tells neither which came near, nor which one it is.
 *
 * @throws SoundcheckError for a key that no request can bear.
 */
export function keyRing(keys: readonly GatewayKey[]): FindKey {
  const unusable = keys.find(({ key }) => key !== undefined && !BEARABLE.test(key))
  if (unusable) {
    const why = 'is empty, or holds blanks, so that no request can bear it'
    throw new SoundcheckError('INVALID_INPUT', `the API key "${unusable.name}" ${why}`)
  }
  const ring = Promise.all(
    keys.map(async ({ key, sha256: hash, ...holder }) => ({
      hash: hash?.toLowerCase() ?? (await sha256(key!)),
      holder,
    })),
  )
  return async (key) => {
    const asked = await sha256(key)
    let found: LimitedKeyHolder | undefined
    for (const { hash, holder } of await ring) if (isSame(hash, asked)) found = holder
    return found
  }
}

function isSame(one: string, other: string): boolean {
  let difference = one.length ^ other.length
  for (let i = 0; i < one.length; i++) difference |= one.charCodeAt(i) ^ other.charCodeAt(i)
  return difference === 0
}
