import type { Transform } from 'node:stream'
import { constants, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import type { Arrival } from './exchange.ts'

const DECODERS = new Map<string, () => Transform>([
  ['gzip', () => createGunzip({ finishFlush: constants.Z_SYNC_FLUSH })],
  ['x-gzip', () => createGunzip({ finishFlush: constants.Z_SYNC_FLUSH })],
  ['deflate', () => createInflate({ finishFlush: constants.Z_SYNC_FLUSH })],
  ['br', () => createBrotliDecompress({ finishFlush: constants.BROTLI_OPERATION_FLUSH })],
])

export type Decoding =
  | { readonly how: 'whole' | 'too-large'; readonly arrivals: Arrival[] }
  | { readonly how: 'impossible' }

/**
 * Undoes a content coding; each decoded piece keeps the time of the arrival that released it.
 *
 * Stops at `maxBytes`, since a few bytes may decode to very many.
 */
export async function decodeContent(
  coding: string,
  arrivals: readonly Arrival[],
  maxBytes: number,
): Promise<Decoding> {
  const decoder = DECODERS.get(coding.trim().toLowerCase())?.()
  if (!decoder) return { how: 'impossible' }
  const decoded: Arrival[] = []
  let atMs = 0
  let size = 0
  decoder.on('data', (bytes: Uint8Array) => {
    size += bytes.length
    decoded.push({ atMs, bytes })
    if (size > maxBytes) decoder.pause()
  })
  const broken = new Promise<'broken'>((resolve) => decoder.once('error', () => resolve('broken')))
  const full = new Promise<'full'>((resolve) => decoder.once('pause', () => resolve('full')))
  try {
    for (const arrival of arrivals) {
      atMs = arrival.atMs
      const written = new Promise((resolve) => decoder.write(arrival.bytes, resolve))
      const outcome = await Promise.race([written, broken, full])
      if (outcome === 'broken') return { how: 'impossible' }
      if (outcome === 'full') return { how: 'too-large', arrivals: decoded }
    }
    return { how: 'whole', arrivals: decoded }
  } finally {
    decoder.destroy()
  }
}
