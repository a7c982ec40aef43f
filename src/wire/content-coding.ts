import type { Transform } from 'node:stream'
// Not by name: Node.js before 22.15 has no Zstandard.
import * as zlib from 'node:zlib'
import type { Arrival } from './exchange.ts'

type NewDecoder = () => Transform

const FLUSHED = { finishFlush: zlib.constants.Z_SYNC_FLUSH }
const gunzip: NewDecoder = () => zlib.createGunzip(FLUSHED)

/** The decoders of each coding; where one fails, the next is tried. */
const DECODERS = new Map<string, readonly NewDecoder[]>([
  ['identity', []],
  ['gzip', [gunzip]],
  ['x-gzip', [gunzip]],
  // Some servers leave out the header of zlib, and clients bear with them.
  ['deflate', [() => zlib.createInflate(FLUSHED), () => zlib.createInflateRaw(FLUSHED)]],
  [
    'br',
    [() => zlib.createBrotliDecompress({ finishFlush: zlib.constants.BROTLI_OPERATION_FLUSH })],
  ],
  ...('createZstdDecompress' in zlib
    ? [['zstd', [() => zlib.createZstdDecompress()]] as const]
    : []),
])

/** Nobody applies more of them, except to make reading costly. */
const MAX_CODINGS = 4

export type Decoding =
  | { readonly how: 'whole' | 'too-large'; readonly arrivals: readonly Arrival[] }
  | { readonly how: 'impossible' }

/**
 * Undoes content codings, as a `Content-Encoding` lists them; each decoded piece keeps the time of the
 * arrival that released it.
 *
 * Each stops at `maxBytes`, since a few bytes may decode to very many.
 */
export async function decodeContent(
  codings: string,
  arrivals: readonly Arrival[],
  maxBytes: number,
): Promise<Decoding> {
  const names = codings.split(',', MAX_CODINGS + 1).map((name) => name.trim().toLowerCase())
  if (names.length > MAX_CODINGS) return { how: 'impossible' }
  let how: 'whole' | 'too-large' = 'whole'
  let rest = arrivals
  // The last was applied last.
  for (const name of names.toReversed()) {
    const decoding = await undo(name, rest, maxBytes)
    if (decoding.how === 'impossible') return decoding
    if (decoding.how === 'too-large') how = 'too-large'
    rest = decoding.arrivals
  }
  return { how, arrivals: rest }
}

async function undo(
  coding: string,
  arrivals: readonly Arrival[],
  maxBytes: number,
): Promise<Decoding> {
  const decoders = DECODERS.get(coding)
  if (decoders?.length === 0) return { how: 'whole', arrivals }
  for (const newDecoder of decoders ?? []) {
    const decoding = await decodeWith(newDecoder(), arrivals, maxBytes)
    if (decoding.how !== 'impossible') return decoding
  }
  return { how: 'impossible' }
}

async function decodeWith(
  decoder: Transform,
  arrivals: readonly Arrival[],
  maxBytes: number,
): Promise<Decoding> {
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
      const written = new Promise((resolve) =>
        decoder.write(arrival.bytes, (error) => resolve(error ? 'broken' : 'written')),
      )
      const outcome = await Promise.race([written, broken, full])
      if (outcome === 'broken') return { how: 'impossible' }
      if (outcome === 'full') return { how: 'too-large', arrivals: decoded }
    }
    return { how: 'whole', arrivals: decoded }
  } finally {
    decoder.destroy()
  }
}
