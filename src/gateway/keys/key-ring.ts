import { createHash, timingSafeEqual } from 'node:crypto'
import type { FindKey, LimitedKeyHolder } from './find-key.ts'

/** A key, or the hash of one, and whose it is. */
export type GatewayKey = LimitedKeyHolder &
  (
    | { readonly key: string; readonly sha256?: undefined }
    | { /** Of the key, in hexadecimal. */ readonly sha256: string; readonly key?: undefined }
  )

/**
 * Finds one key among several. All are compared, by their hashes, so that the time it takes tells
 * neither which came near, nor which one it is.
 */
export function keyRing(keys: readonly GatewayKey[]): FindKey {
  const ring = keys.map(({ key, sha256, ...holder }) => ({
    hash: key === undefined ? Buffer.from(sha256, 'hex') : hashOf(key),
    holder,
  }))
  return (key) => {
    const asked = hashOf(key)
    let found: LimitedKeyHolder | undefined
    for (const { hash, holder } of ring) if (timingSafeEqual(hash, asked)) found = holder
    return found
  }
}

function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest()
}
