import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileSchema } from '../../src/protocol/index.ts'
import {
  type Exchange,
  exchangeFromJson,
  exchangeSchema,
  exchangeToJson,
} from '../../src/wire/index.ts'

const arrivals = fc.array(
  fc.record({
    atMs: fc.integer({ min: 0, max: 20_000 }).map((us) => us / 1_000),
    bytes: fc.oneof(
      fc.uint8Array(),
      fc.string({ unit: 'grapheme' }).map((each) => new TextEncoder().encode(each)),
      fc.constant(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61)),
    ),
  }),
)

const exchanges: fc.Arbitrary<Exchange> = fc.record({
  id: fc.string(),
  probe: fc.string(),
  startedAt: fc.constant('2026-01-01T12:00:00.000Z'),
  connectMs: fc.option(fc.nat()),
  request: fc.record({
    method: fc.constant('POST'),
    url: fc.webUrl(),
    headers: fc.array(fc.tuple(fc.string(), fc.string())),
    body: fc.option(fc.string()),
  }),
  response: fc.option(
    fc.record({
      status: fc.integer({ min: 200, max: 599 }),
      statusText: fc.string(),
      headers: fc.array(fc.tuple(fc.string(), fc.string())),
      atMs: fc.nat(),
    }),
  ),
  arrivals,
  decoded: fc.option(arrivals),
  end: fc.record({ how: fc.constantFrom('complete', 'timeout', 'aborted'), atMs: fc.nat() }),
})

const violationsOf = compileSchema(exchangeSchema)

test('an exchange survives JSON, byte for byte, and satisfies its schema', () => {
  fc.assert(
    fc.property(exchanges, (exchange) => {
      const json = JSON.parse(JSON.stringify(exchangeToJson(exchange)))
      expect(violationsOf(json)).toEqual([])
      expect(exchangeFromJson(json)).toEqual(exchange)
    }),
  )
})

test.each(['POST; rm -rf .', '"', '', 'GET\n'])('the method %j is refused', (method) => {
  const [exchange] = fc.sample(exchanges, 1)
  const json = JSON.parse(JSON.stringify(exchangeToJson(exchange!)))
  json.request.method = method
  expect(violationsOf(json)).toHaveLength(1)
})
