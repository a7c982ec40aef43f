import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ExchangeObserver } from '../../../src/tap/pass/exchange-observer.ts'
import { RequestEditor } from '../../../src/tap/pass/request-editor.ts'
import { requestReader } from '../../../src/tap/pass/request-reader.ts'
import { responseReader } from '../../../src/tap/pass/response-reader.ts'

const REQUESTS =
  'POST /a HTTP/1.1\r\nHost: tap\r\nContent-Length: 3\r\n\r\nabc' +
  '\r\nPUT /b HTTP/1.1\nhost:tap\nTransfer-Encoding: chunked\n\n3\nabc\n0\n\n' +
  'GET /c HTTP/1.0\r\nProxy-Connection: close\r\n\r\n'
const RESPONSES =
  'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc' +
  'HTTP/1.1 200\r\nTransfer-Encoding: gzip, chunked\r\n\r\n3;x\r\nabc\r\n0\r\nX: y\r\n\r\n' +
  'HTTP/1.1 204 No Content\r\nX: caf\u{e9}\r\n\r\nHTTP/1.0 500 No\r\n\r\nto the end'

/** Texts like those, but broken somewhere. */
const almost = (text: string) =>
  fc
    .tuple(fc.nat(text.length), fc.nat(20), fc.uint8Array({ maxLength: 9 }))
    .map(([at, length, put]) =>
      [text.slice(0, at), Buffer.from(put).toString('latin1'), text.slice(at + length)].join(''),
    )
const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 50 })

function inPieces(text: string, lengths: readonly number[]): Buffer[] {
  const pieces: Buffer[] = []
  for (let at = 0, i = 0; at < text.length; i++) {
    const length = lengths[i % lengths.length]!
    pieces.push(Buffer.from(text.slice(at, at + length), 'latin1'))
    at += length
  }
  return pieces
}

type Read = ReturnType<ReturnType<typeof requestReader | typeof responseReader>['read']>[number]

const bytesOf = (segments: readonly Read[]) =>
  segments
    .map((each) => ('bytes' in each ? Buffer.from(each.bytes).toString('latin1') : ''))
    .join('')

/** What was read, however it was cut: heads, bodies, ends. */
function gist(segments: readonly Read[]): string {
  return segments
    .map((each) => {
      switch (each.kind) {
        case 'head':
          return `\n${JSON.stringify(each.head)}\n`
        case 'body':
        case 'opaque':
          return Buffer.from(each.bytes).toString('latin1')
        case 'end':
          return `\nend ${JSON.stringify(each.trailers)}\n`
        case 'unreadable':
          return `\n${each.reason}\n`
        default:
          return ''
      }
    })
    .join('')
}

const READERS = [
  ['requests', REQUESTS, requestReader],
  ['responses', RESPONSES, () => responseReader(() => 'GET')],
] as const

describe.each(READERS)('%s', (_, text, start) => {
  test('are read to the end', () => {
    const segments = start().read(Buffer.from(text, 'latin1')) as Read[]
    expect(segments.filter(({ kind }) => kind === 'head').length).toBe(
      text.split('HTTP/').length - 1,
    )
    expect(segments.map(({ kind }) => kind)).not.toContain('unreadable')
  })

  test('are read alike, however they come, and no byte is lost', () => {
    fc.assert(
      fc.property(fc.oneof(fc.constant(text), almost(text)), sizes, (sent, lengths) => {
        const reader = start()
        const segments = inPieces(sent, lengths).flatMap((piece) => reader.read(piece) as Read[])
        expect(bytesOf(segments)).toBe(sent)
        expect(gist(segments)).toBe(gist(start().read(Buffer.from(sent, 'latin1')) as Read[]))
      }),
      { numRuns: 2_000 },
    )
  })
})

test('sizes may have zeros before them', () => {
  const [zeros, head] = ['0'.repeat(16), 'HTTP/1.1 200 OK\r\n']
  const sized = `${head}Content-Length: ${zeros}3\r\n\r\nabc`
  const inChunks = `${head}Transfer-Encoding: chunked\r\n\r\n${zeros}3\r\nabc\r\n${zeros}\r\n\r\n`
  for (const text of [sized, inChunks]) {
    const segments = responseReader(() => 'GET').read(Buffer.from(text))
    const body = segments.filter(({ kind }) => kind === 'body')
    expect(bytesOf(body)).toBe('abc')
    expect(segments.at(-1)!.kind).toBe('end')
  }
})

test('a head without an end is given up, and takes no memory', () => {
  const reader = requestReader()
  const kinds = new Set<string>()
  reader.read(Buffer.from('GET / HTTP/1.1\r\nX: '))
  for (let i = 0; i < 100; i++) {
    for (const { kind } of reader.read(Buffer.alloc(1_000, 'a'))) kinds.add(kind)
  }
  expect(kinds).toEqual(new Set(['line', 'unreadable', 'opaque']))
})

test('an editor loses nothing but what it changes, whatever comes', () => {
  fc.assert(
    fc.property(fc.oneof(fc.constant(REQUESTS), almost(REQUESTS)), sizes, (sent, lengths) => {
      const [reader, editor] = [requestReader(), new RequestEditor({ host: 'tap' })]
      const edited = inPieces(sent, lengths).map((piece) => editor.edit(reader.read(piece)))
      const passed = [...edited, editor.close()]
        .map((each) => (each === 'refused' ? each : bytesOf(each)))
        .join('')
      expect(withoutHosts(passed)).toBe(withoutHosts(sent))
    }),
    { numRuns: 2_000 },
  )
})

/** Those that an editor may change. */
const withoutHosts = (text: string) =>
  text
    .replaceAll(/(^host:[ \t]*)[^\r\n]*?(?=[ \t]*\r?\n)/gim, '$1')
    .replaceAll(/^proxy-connection:.*\r?\n/gim, '')

test('an observer bears whatever comes, and ends what it began', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.constant(REQUESTS), almost(REQUESTS)),
      fc.oneof(fc.constant(RESPONSES), almost(RESPONSES)),
      sizes,
      fc.boolean(),
      (asked, answered, lengths, isReset) => {
        let seen = 0
        let given = 0
        const observer = new ExchangeObserver({
          upstream: new URL('http://localhost:1'),
          place: { connection: 1, client: '::1' },
          nextId: () => `tap-${++given}`,
          wallClock: () => '2026-01-01T00:00:00.000Z',
          onSeen: ({ exchange: { end, response, arrivals } }) => {
            seen += 1
            const times = [response?.atMs ?? 0, ...arrivals.map(({ atMs }) => atMs), end.atMs]
            expect(times.every((atMs) => atMs >= 0)).toBe(true)
            expect(times).toEqual(times.toSorted((a, b) => a - b))
          },
          onUnobserved: ({ why }) => {
            if (why === 'upgraded') seen = NaN
          },
        })
        const reader = requestReader()
        const requests = inPieces(asked, lengths)
        const responses = inPieces(answered, lengths)
        let at = 1_000
        observer.connected(at)
        for (let i = 0; i < Math.max(requests.length, responses.length); i++) {
          if (requests[i]) observer.asked(reader.read(requests[i]!), (at += 3))
          if (responses[i]) observer.answered(responses[i]!, (at += 2))
        }
        if (isReset) observer.clientGone((at += 1))
        else observer.upstreamEnded((at += 1))
        expect(observer.isBusy).toBe(false)
        expect(seen).toBeLessThanOrEqual(given)
      },
    ),
    { numRuns: 2_000 },
  )
})
