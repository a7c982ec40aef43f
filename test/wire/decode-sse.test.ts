import { createParser, type EventSourceMessage } from 'eventsource-parser'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Arrival, decodeSse } from '../../src/wire/index.ts'
import { bytes } from '../support/bytes.ts'

const decode = (text: string) => decodeSse([{ atMs: 1, bytes: bytes(text) }])

describe('events', () => {
  test('say where they stand, when they came and how many lines they had', () => {
    const stream = decodeSse([
      { atMs: 1, bytes: bytes('data: a\n\nevent: e\nda') },
      { atMs: 2, bytes: bytes('ta: b\ndata: c\n') },
      { atMs: 3, bytes: bytes('\n') },
    ])
    expect(stream.events).toEqual([
      { index: 0, bytes: [0, 9], atMs: 1, data: 'a', name: undefined, dataLines: 1 },
      { index: 1, bytes: [9, 35], atMs: 3, data: 'b\nc', name: 'e', dataLines: 2 },
    ])
    expect(stream.facts).toEqual([])
  })

  test('have no time where no clock ran', () => {
    const stream = decodeSse([{ atMs: 0, bytes: bytes('data: a\n\n:x\n\n') }], { timed: false })
    expect(stream.events[0]!.atMs).toBeNull()
    expect(stream.facts[0]!.atMs).toBeNull()
  })

  test('count bytes, not characters', () => {
    const stream = decode('data: 咖啡 🍮\n\ndata: b\n\n')
    expect(stream.events.map((event) => event.bytes)).toEqual([
      [0, 19],
      [19, 28],
    ])
    expect(stream.events[0]!.data).toBe('咖啡 🍮')
  })
})

describe('facts', () => {
  const kinds = (text: string) => decode(text).facts.map((fact) => fact.kind)

  test.each([
    ['a comment', ': ping\n\n', [{ kind: 'comment', text: 'ping', bytes: [0, 6] }]],
    ['an id', 'id: 7\ndata: a\n\n', [{ kind: 'field', name: 'id', value: '7', bytes: [0, 5] }]],
    [
      'a retry alone',
      'retry: 10\n\n',
      [
        { kind: 'field', name: 'retry', value: '10' },
        { kind: 'no-data', name: undefined },
      ],
    ],
    ['an empty id', 'id:\n\n', [{ kind: 'field', name: 'id', value: '' }]],
    [
      'an unknown field',
      'error: x\n\n',
      [{ kind: 'unknown-field', name: 'error', line: 'error: x' }],
    ],
    ['a line without a colon', 'hello\n\n', [{ kind: 'unknown-field', name: 'hello' }]],
    ['a leading space', ' data: a\n\n', [{ kind: 'unknown-field', name: ' data' }]],
    ['a name without data', 'event: ping\n\n', [{ kind: 'no-data', name: 'ping', bytes: [0, 13] }]],
    ['a comment beside it', ': x\nevent: a\n\n', [{ kind: 'comment' }, { kind: 'no-data' }]],
    ['an empty name', 'event:\n\n', []],
    ['a name and data', 'event: a\ndata\n\n', []],
    ['a byte order mark', '\uFEFFdata: a\n\n', [{ kind: 'bom', bytes: [0, 3] }]],
    ['an unterminated event', 'data: a\n', [{ kind: 'unterminated', dataLines: 1, bytes: [0, 8] }]],
    ['an unterminated line', 'data: a', [{ kind: 'unterminated', text: 'data: a', bytes: [0, 7] }]],
  ])('%s', (_, text, expected) => {
    expect(decode(text).facts).toMatchObject(expected)
  })

  test('a second byte order mark destroys the first field', () => {
    const stream = decode('\uFEFF\uFEFFdata: a\n\ndata: b\n\n')
    expect(stream.events.map(({ data }) => data)).toEqual(['b'])
    expect(stream.facts.map(({ kind }) => kind)).toEqual(['bom', 'unknown-field'])
  })

  test('what is not UTF-8', () => {
    const body = Uint8Array.from([...bytes('data: caf'), 0xe9, ...bytes('\n\ndata: b\n\n')])
    const stream = decodeSse([{ atMs: 1, bytes: body }])
    expect(stream.facts).toMatchObject([{ kind: 'invalid-utf8', bytes: [0, 10] }])
    expect(stream.events.map(({ data }) => data)).toEqual(['caf\uFFFD', 'b'])
  })

  test.each([
    'data: a\r\n\r\n',
    'data: a\r\r',
    'data:a\n\n',
    '\n\ndata: a\n\n\n',
    'event: e\ndata: a\n\n',
  ])('none for what is merely unusual: %j', (text) => {
    expect(kinds(text)).toEqual([])
    expect(decode(text).events[0]!.data).toBe('a')
  })
})

/** Lines that streams are made of, good and bad. */
const lines = fc.array(
  fc.oneof(
    fc.constantFrom(
      '',
      '',
      '',
      'data: {"a":1}',
      'data',
      'data:',
      'event: x',
      ': c',
      'id: 1',
      'junk',
    ),
    fc.string({ unit: 'grapheme' }).map((each) => `data: ${each}`),
  ),
)
const bodies = fc
  .tuple(lines, fc.array(fc.constantFrom('\n', '\r\n', '\r'), { minLength: 1 }), fc.boolean())
  .map(([each, endings, bom]) =>
    bytes(
      (bom ? '\uFEFF' : '') + each.map((line, i) => line + endings[i % endings.length]!).join(''),
    ),
  )

test('events are those of the standard parser', () => {
  fc.assert(
    fc.property(bodies, (body) => {
      const expected: EventSourceMessage[] = []
      createParser({ onEvent: (event) => expected.push(event) }).feed(
        new TextDecoder('utf-8', { ignoreBOM: true }).decode(body),
      )
      const { events } = decodeSse([{ atMs: 1, bytes: body }])
      expect(events.map(({ data, name }) => ({ data, event: name }))).toEqual(
        expected.map(({ data, event }) => ({ data, event })),
      )
    }),
  )
})

test('any split gives the same events and facts', () => {
  const untimed = (arrivals: Arrival[]) => decodeSse(arrivals, { timed: false })
  fc.assert(
    fc.property(bodies, fc.array(fc.nat(), { maxLength: 8 }), (body, cuts) => {
      const places = [0, ...cuts.map((cut) => cut % (body.length + 1)), body.length].toSorted(
        (a, b) => a - b,
      )
      const pieces = places
        .slice(1)
        .map((end, i) => ({ atMs: i, bytes: body.subarray(places[i], end) }))
      expect(untimed(pieces)).toEqual(untimed([{ atMs: 0, bytes: body }]))
    }),
  )
})
