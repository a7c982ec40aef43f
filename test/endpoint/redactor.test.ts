import { deflateRawSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { redactor } from '../../src/endpoint/index.ts'
import { concatArrivals, type Header } from '../../src/wire/index.ts'
import { exchange } from '../support/said.ts'

const KEY = 'sk-proj-4aZq7Wm9xKc2Lt5vBn8Ry3'

function saved(body: Uint8Array, headers: Header[], apiKey: string | undefined = KEY): Buffer {
  const answered = exchange({ arrivals: [{ atMs: 1, bytes: body }], decoded: null })
  const { arrivals } = redactor({ givenUrl: '', apiKey, headers: [] }).exchange({
    ...answered,
    response: { ...answered.response!, headers },
  })
  return Buffer.from(concatArrivals(arrivals))
}

test.each([
  ['in a coding that was not undone', [['Content-Encoding', 'x']], deflateRawSync(KEY)],
  ['compressed, and no header says so', [], gzipSync(KEY)],
] as const)('a body shows nothing that is %s', (_, headers, body) => {
  expect(String(saved(body, [...headers]))).toBe('*'.repeat(body.length))
})

test('without a secret, its bytes stay', () => {
  const body = gzipSync('hello')
  expect(saved(body, [['content-encoding', 'x']], '')).toEqual(body)
})
