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

const PARTS = KEY.match(/.{1,5}/g)!
const HIDDEN = PARTS.map((part) => '*'.repeat(part.length))

test('a key is found that a request repeats as an answer told it: in pieces', () => {
  const asking = (ids: string[]) =>
    JSON.stringify({ messages: [{ tool_calls: ids.map((id) => ({ id, type: 'function' })) }] })
  const { request } = redactor({ givenUrl: '', apiKey: KEY, headers: [] })
  const sent = { method: 'POST', url: 'http://h/', headers: [], body: asking(PARTS) }
  expect(request(sent).body).toBe(asking(HIDDEN))
})

test('headers do not tell a key together', () => {
  const { response, ...rest } = exchange({ arrivals: [] })
  const told: Header[] = PARTS.map((part, i) => [`x-${i}`, part])
  const { exchange: hidden } = redactor({ givenUrl: '', apiKey: KEY, headers: [] })
  const shown = hidden({ ...rest, response: { ...response!, headers: told } }).response!.headers
  expect(shown).toEqual(HIDDEN.map((stars, i) => [`x-${i}`, stars]))
})
