import * as zlib from 'node:zlib'
import { expect, test } from 'vitest'
import { decodeContent } from '../../src/wire/content-coding.ts'
import { concatArrivals } from '../../src/wire/index.ts'

const { gzipSync, deflateSync, deflateRawSync, brotliCompressSync } = zlib
const TEXT = 'Hello, hello, hello.'
const whole = gzipSync(TEXT)
const damaged = Buffer.concat([whole.subarray(0, -8), Buffer.alloc(8)])

async function decoded(coding: string, body: Uint8Array, maxBytes = 1_000) {
  const decoding = await decodeContent(coding, [{ atMs: 3, bytes: body }], maxBytes)
  return decoding.how === 'whole'
    ? String(Buffer.from(concatArrivals(decoding.arrivals)))
    : decoding.how
}

test.each<[string, Uint8Array]>([
  ['gzip', whole],
  ['deflate', deflateSync(TEXT)],
  ['deflate', deflateRawSync(TEXT)],
  ['br', brotliCompressSync(TEXT)],
  ['gzip, gzip', gzipSync(whole)],
  ['gzip, identity', whole],
  ['deflate,  BR', brotliCompressSync(deflateSync(TEXT))],
  ...('zstdCompressSync' in zlib
    ? [['zstd', zlib.zstdCompressSync(TEXT)] as [string, Uint8Array]]
    : []),
])('%s is undone', async (coding, body) => {
  expect(await decoded(coding, body)).toBe(TEXT)
})

test.each([
  ['gzip', damaged],
  ['gzip', Buffer.concat([whole, whole.subarray(0, 4), Buffer.from('garbage'.repeat(9))])],
  ['gzip, gzip', whole],
  ['constructor', whole],
  ['gzip, identity, identity, identity, identity', whole],
])('%s cannot be undone where it is none', async (coding, body) => {
  expect(await decoded(coding, body)).toBe('impossible')
})

test('each coding of a list has a bound', async () => {
  const bomb = gzipSync(gzipSync(Buffer.alloc(10_000_000)))
  expect(await decoded('gzip, gzip', bomb)).toBe('too-large')
})
