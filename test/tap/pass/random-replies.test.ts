import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { concatArrivals } from '../../../src/wire/index.ts'
import { record } from '../../../src/wire/node.ts'
import { passing } from '../../support/passing.ts'
import { rawSocket } from '../../support/raw-socket.ts'
import { tcpServer } from '../../support/tcp-server.ts'

/** What a server writes, piece by piece, and how it then ends. */
interface Script {
  readonly pieces: readonly string[]
  readonly ending: 'end' | 'reset'
  /** Where every client must read it in the same way: the phrase behind its status. */
  readonly phrase: string | undefined
}

const crlf = (lines: readonly string[]) => lines.map((line) => `${line}\r\n`).join('')
const token = fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,11}$/)
const fieldValue = fc.stringMatching(/^(?:[!-~\xa1-\xff](?:[ -~\xa1-\xff]{0,30}[!-~\xa1-\xff])?)?$/)
const field = fc
  .tuple(token, fc.constantFrom(': ', ':', ':\t  '), fieldValue)
  .filter(
    ([name]) =>
      !/^(?:content-length|transfer-encoding|connection|upgrade|host|expect|proxy-connection)$/i.test(
        name,
      ),
  )
  .map(([name, colon, value]) => `X-${name}${colon}${value}`)
const content = fc
  .uint8Array({ maxLength: 3_000 })
  .map((bytes) => Buffer.from(bytes).toString('latin1'))

const chunk = fc
  .tuple(
    content.filter((text) => text !== ''),
    fc.constantFrom('', ';a=b', ';x="1"'),
    fc.boolean(),
  )
  .map(([text, extension, isUpper]) => {
    const size = text.length.toString(16)
    return `${isUpper ? size.toUpperCase() : size}${extension}\r\n${text}\r\n`
  })

/** The headers that frame a body, and the body with its framing. */
const framed = fc.oneof(
  content.map((text) => ({
    by: 'length',
    headers: [`Content-Length: ${text.length}`],
    body: text,
  })),
  fc
    .tuple(fc.array(chunk, { maxLength: 5 }), fc.array(field, { maxLength: 2 }))
    .map(([chunks, trailers]) => ({
      by: 'chunks',
      headers: ['Transfer-Encoding: chunked'],
      body: `${chunks.join('')}0\r\n${crlf(trailers)}\r\n`,
    })),
  content.map((text) => ({ by: 'close', headers: [], body: text })),
)
const broken = fc.oneof(
  content.map((text) => ({ headers: [`Content-Length: ${text.length + 5}`], body: text })),
  content.map((text) => ({ headers: ['Content-Length: 3'], body: `${text}more` })),
  content.map((text) => ({ headers: ['Transfer-Encoding: chunked'], body: `zz\r\n${text}` })),
  content.map((text) => ({
    headers: ['Content-Length: 1', 'Transfer-Encoding: gzip'],
    body: text,
  })),
)
const head = (status: number, text: string, headers: readonly string[]) =>
  `HTTP/1.1 ${status} ${text}\r\n${crlf(headers)}\r\n`

const reply = fc
  .record({
    interim: fc.array(fc.tuple(fc.constantFrom(100, 102, 103), fc.array(field, { maxLength: 2 })), {
      maxLength: 2,
    }),
    status: fc.constantFrom(200, 201, 206, 301, 400, 404, 500, 503),
    text: fc.stringMatching(/^[ -~]{0,20}$/),
    headers: fc.array(field, { maxLength: 6 }),
    framing: fc.oneof(
      { weight: 3, arbitrary: framed },
      broken.map((each) => ({ by: 'fault', ...each })),
    ),
    ending: fc.constantFrom('end', 'end', 'reset'),
  })
  .map(({ interim, status, text, headers, framing, ending }) => ({
    bytes:
      interim.map(([code, fields]) => head(code, 'Wait', fields)).join('') +
      head(status, text, [...headers, ...framing.headers]) +
      framing.body,
    ending,
    // undici takes a reset for an end there, and a 100 that it did not ask for is none that it bears.
    phrase:
      framing.by !== 'fault' &&
      !(framing.by === 'close' && ending === 'reset') &&
      interim.every(([code]) => code !== 100)
        ? text
        : undefined,
  }))
const anyBytes = fc
  .tuple(content, fc.constantFrom('end', 'reset'))
  .map(([bytes, ending]) => ({ bytes, ending, phrase: undefined }))

/** Cuts a text at random places. */
const inPieces = (text: string, cuts: readonly number[]) => {
  const ends = [...cuts.map((cut) => Math.floor(cut * text.length)), text.length].toSorted(
    (a, b) => a - b,
  )
  return ends.map((end, i) => text.slice(ends[i - 1] ?? 0, end)).filter((piece) => piece !== '')
}
const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 4 })

const script: fc.Arbitrary<Script> = fc
  .tuple(fc.oneof({ weight: 9, arbitrary: reply }, anyBytes), cuts)
  .map(([{ bytes, ending, phrase }, at]) => ({
    pieces: inPieces(bytes, at),
    ending,
    phrase,
  }))

const request = fc
  .record({
    method: fc.constantFrom('GET', 'POST', 'PUT', 'OPTIONS', 'DELETE'),
    path: fc.stringMatching(/^\/[!-~]{0,30}$/),
    before: fc.array(field, { maxLength: 4 }),
    host: fc.constantFrom('Host: ', 'host:', 'HOST:\t'),
    after: fc.array(field, { maxLength: 4 }),
    framing: framed.filter(({ by }) => by !== 'close'),
    cuts,
  })
  .map(({ method, path, before, host, after, framing, cuts: at }) => {
    const bytesTo = (name: string) =>
      crlf([
        `${method} ${path} HTTP/1.1`,
        ...before,
        `${host}${name}`,
        ...after,
        ...framing.headers,
      ]) + `\r\n${framing.body}`
    return { bytesTo, piecesTo: (name: string) => inPieces(bytesTo(name), at) }
  })

async function writePieces(socket: Socket, pieces: readonly string[]): Promise<void> {
  for (const piece of pieces) {
    socket.write(piece, 'latin1')
    await sleep(1)
  }
}

async function play(socket: Socket, { pieces, ending }: Script): Promise<void> {
  await writePieces(socket, pieces)
  if (ending === 'end') socket.end()
  // Whoever reads must have had what came before.
  else setTimeout(() => socket.resetAndDestroy(), 20)
}

test('200 random replies come through as they were sent, as do the requests', async () => {
  let playing: Script
  let expected = ''
  const received: string[] = []
  const port = await tcpServer((socket) => {
    const nth = received.push('') - 1
    socket.on('data', (bytes) => {
      received[nth] += bytes.toString('latin1')
      if (received[nth] === expected) void play(socket, playing)
    })
  })
  const direct = `http://127.0.0.1:${port}`
  const pass = await passing(direct)
  await fc.assert(
    fc.asyncProperty(script, request, async (next, { bytesTo, piecesTo }) => {
      playing = next
      expected = bytesTo(new URL(direct).host)
      received.length = 0
      const outcomes = [direct, pass.url].map(async (url) => {
        const { socket, outcome } = rawSocket(url)
        void writePieces(socket, piecesTo(new URL(url).host))
        return outcome
      })
      const [one, other] = await Promise.all(outcomes)
      expect(one).toEqual({ received: next.pieces.join(''), ending: next.ending })
      expect(other).toEqual(one)
      expect(received).toEqual([expected, expected])
    }),
    { numRuns: 200 },
  )
})

test('what is seen of random replies is what a client records of them', async () => {
  let playing: Script
  const port = await tcpServer((socket) => socket.once('data', () => void play(socket, playing)))
  const pass = await passing(`http://127.0.0.1:${port}`)
  await fc.assert(
    fc.asyncProperty(
      script.filter(({ phrase }) => phrase !== undefined),
      async (next) => {
        playing = next
        const before = pass.exchanges.length
        const recorded = await record(
          {
            method: 'POST',
            url: `${pass.url}/v1?a=b`,
            headers: [['X-Own', '1']],
            body: '{"a":"é"}',
          },
          { probe: 'random', timeoutMs: 10_000 },
        )
        const seen = (await pass.seen(before + 1))[before]!
        const summary = ({ response, arrivals, decoded, end }: typeof seen) => {
          // undici keeps the end of a phrase that comes in two reads.
          const { atMs: _, statusText: __, ...answered } = response!
          const { atMs: ___, ...how } = end
          return { answered, body: Buffer.from(concatArrivals(arrivals)), decoded, how }
        }
        expect(summary(seen)).toEqual(summary(recorded))
        expect(seen.response!.statusText).toBe(next.phrase)
        expect(seen.request).toMatchObject({
          method: 'POST',
          url: `http://127.0.0.1:${port}/v1?a=b`,
          body: '{"a":"é"}',
        })
      },
    ),
    { numRuns: 200 },
  )
})
