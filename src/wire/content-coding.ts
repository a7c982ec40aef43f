import type { Transform } from 'node:stream'
import { constants, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import type { Arrival } from './exchange.ts'

const DECODERS: Record<string, () => Transform> = {
  gzip: () => createGunzip({ finishFlush: constants.Z_SYNC_FLUSH }),
  'x-gzip': () => createGunzip({ finishFlush: constants.Z_SYNC_FLUSH }),
  deflate: () => createInflate({ finishFlush: constants.Z_SYNC_FLUSH }),
  br: () => createBrotliDecompress({ finishFlush: constants.BROTLI_OPERATION_FLUSH }),
}

/**
 * Undoes a content coding, so that each decoded piece keeps the time of the arrival that released it.
 *
 * Gives `null` for a coding it does not know and for bytes that are not in it.
 */
export async function decodeContent(
  coding: string,
  arrivals: readonly Arrival[],
): Promise<Arrival[] | null> {
  const create = DECODERS[coding.trim().toLowerCase()]
  if (!create) return null
  const decoder = create()
  const decoded: Arrival[] = []
  let atMs = 0
  decoder.on('data', (bytes: Uint8Array) => decoded.push({ atMs, bytes }))
  const broken = new Promise<'broken'>((resolve) => decoder.once('error', () => resolve('broken')))
  for (const arrival of arrivals) {
    atMs = arrival.atMs
    const written = new Promise((resolve) => decoder.write(arrival.bytes, resolve))
    if ((await Promise.race([written, broken])) === 'broken') return null
  }
  decoder.destroy()
  return decoded
}
