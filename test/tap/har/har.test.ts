import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lint, type LintReport } from '../../../src/conformance/index.ts'
import { validatorOf } from '../../../src/protocol/index.ts'
import { type ForeignHar, fromHar, harSchema, toHar } from '../../../src/tap/index.ts'
import {
  type Arrival,
  concatArrivals,
  type End,
  type Exchange,
  exchangeFromJson,
} from '../../../src/wire/index.ts'
import { delta, DONE, exchangeOf, says } from '../../support/exchanges.ts'
import { harViolations } from '../../support/har-violations.ts'
import { runCli } from '../../support/run-cli.ts'
import { scratchFolder } from '../../support/scratch-folder.ts'

const URL = 'https://api.example.com/v1/chat/completions'
const BODY = '{"model":"m","messages":[{"role":"user","content":"Hi"}],"stream":true}'

/** An answer to a request for a stream. */
function streamed(reads: Parameters<typeof exchangeOf>[0]): Exchange {
  const request = { method: 'POST', url: URL, headers: [], body: BODY }
  return exchangeOf(reads, { request })
}

/** Written, and read by whoever reads the file. */
function thereAndBack(exchanges: readonly Exchange[]): Exchange[] {
  const har = JSON.parse(JSON.stringify(toHar(exchanges))) as ForeignHar
  expect(validatorOf(harSchema)(har)).toEqual([])
  expect(harViolations(har)).toEqual([])
  return fromHar(har).map(({ exchange }) => plain(exchange))
}

/** Bytes as bytes, whatever buffer they are in. */
function plain({ arrivals, decoded, ...rest }: Exchange): Exchange {
  const pieces = (all: readonly Arrival[]) =>
    all.map(({ atMs, bytes }) => ({ atMs, bytes: Uint8Array.from(bytes) }))
  return { ...rest, arrivals: pieces(arrivals), decoded: decoded && pieces(decoded) }
}

const LEGAL = join(import.meta.dirname, '../../../fixtures/exchanges/legal')

async function legalExchanges(): Promise<Exchange[]> {
  const names = (await readdir(LEGAL)).filter((name) => name.endsWith('.json'))
  const texts = await Promise.all(names.map((name) => readFile(join(LEGAL, name), 'utf8')))
  return texts.map((text) => exchangeFromJson(JSON.parse(text)))
}

const time = fc
  .double({ min: 0, max: 1e5, noNaN: true, noDefaultInfinity: true })
  .filter((ms) => !Object.is(ms, -0))
const header = fc.tuple(fc.constantFrom('content-type', 'Set-Cookie', 'x-a'), fc.string())
const headers = fc.array(header, { maxLength: 4 })
const arrivals = fc.array(
  fc.record({
    atMs: time,
    bytes: fc.oneof(
      fc.uint8Array({ maxLength: 20 }),
      fc
        .string({ unit: 'grapheme', maxLength: 9 })
        .map((text) => Uint8Array.from(Buffer.from(text))),
    ),
  }),
  { maxLength: 5 },
)
const end: fc.Arbitrary<End> = fc.oneof(
  fc.record({ how: fc.constantFrom('complete', 'held-open', 'aborted', 'too-large'), atMs: time }),
  fc.record({
    how: fc.constant('failed'),
    atMs: time,
    reason: fc.constantFrom('reset', 'premature-end'),
    code: fc.string(),
    message: fc.string(),
  }),
)
const exchange: fc.Arbitrary<Exchange> = fc.record({
  id: fc.string(),
  probe: fc.string(),
  startedAt: fc.constant('2026-01-01T00:00:00.000Z'),
  connectMs: fc.option(time),
  request: fc.record({
    method: fc.constantFrom('POST', 'GET'),
    url: fc.webUrl({ withQueryParameters: true }),
    headers,
    body: fc.option(fc.string({ unit: 'grapheme' })),
  }),
  response: fc.option(
    fc.record({
      status: fc.integer({ min: 200, max: 599 }),
      statusText: fc.string(),
      headers,
      atMs: time,
    }),
  ),
  arrivals,
  decoded: fc.option(arrivals),
  end,
})

describe('there and back', () => {
  test('no byte and no time is lost', () => {
    fc.assert(
      fc.property(fc.array(exchange, { maxLength: 3 }), (exchanges) => {
        expect(thereAndBack(exchanges)).toEqual(exchanges.map(plain))
      }),
      { numRuns: 300 },
    )
  })

  test('what lint says is the same', async () => {
    const broken = [
      streamed([[5, says('Hello.')]]),
      streamed([[5, `data: {"choices":[{}\n\n${DONE}`]]),
      streamed([
        [5, says('Hello.')],
        [9_000, delta({ tool_calls: [{ id: 'a' }] }) + DONE],
      ]),
    ]
    const exchanges = [...(await legalExchanges()), ...broken]
    const verdicts = (all: readonly Exchange[]) => {
      const saved = all.map((each, i) => ({ file: `${i}/a.json`, exchange: each }))
      const { files } = lint(saved)
      return files
    }
    const before = verdicts(exchanges)
    expect(verdicts(thereAndBack(exchanges))).toEqual(before)
    expect(before.filter(({ verdict }) => verdict === 'fail').length).toBeGreaterThanOrEqual(2)
  })
})

const STREAM = says('Grüße.') + DONE
const STREAMED = { name: 'Content-Type', value: 'text/event-stream; charset=utf-8' }

/** A call as others archive it, by what they do differently. */
const FOREIGN = {
  // Headers of HTTP/2 with its pseudo-headers, members with an underscore, other entries of the page.
  Chromium: {
    startedDateTime: '2026-01-01T12:00:00.123Z',
    time: 900,
    _initiator: { type: 'script' },
    _priority: 'High',
    _resourceType: 'fetch',
    cache: {},
    connection: '443',
    request: {
      method: 'POST',
      url: URL,
      httpVersion: 'http/2.0',
      headers: [
        { name: ':authority', value: 'api.example.com' },
        { name: 'content-type', value: 'application/json' },
      ],
      queryString: [],
      cookies: [],
      headersSize: -1,
      bodySize: BODY.length,
      postData: { mimeType: 'application/json', text: BODY },
    },
    response: {
      status: 200,
      statusText: '',
      httpVersion: 'http/2.0',
      headers: [STREAMED, { name: 'content-encoding', value: 'br' }],
      cookies: [],
      content: { size: 200, mimeType: 'text/event-stream', text: STREAM },
      redirectURL: '',
      headersSize: -1,
      bodySize: -1,
      _transferSize: 120,
      _error: null,
    },
    timings: {
      blocked: 2,
      dns: -1,
      ssl: -1,
      connect: -1,
      send: 0.1,
      wait: 400,
      receive: 500,
      _blocked_queueing: 1,
    },
  },
  // The body of the answer in base64 where it takes it for binary, a time zone.
  Firefox: {
    startedDateTime: '2026-01-01T13:00:00.123+01:00',
    request: {
      bodySize: BODY.length,
      method: 'POST',
      url: URL,
      httpVersion: 'HTTP/2',
      headers: [{ name: 'Content-Type', value: 'application/json' }],
      cookies: [],
      queryString: [],
      headersSize: 300,
      postData: { mimeType: 'application/json', params: [], text: BODY },
    },
    response: {
      status: 200,
      statusText: '',
      httpVersion: 'HTTP/2',
      headers: [STREAMED],
      cookies: [],
      content: {
        mimeType: 'text/event-stream',
        size: 200,
        encoding: 'base64',
        text: Buffer.from(STREAM).toString('base64'),
      },
      redirectURL: '',
      headersSize: 200,
      bodySize: 400,
    },
    cache: {},
    timings: { blocked: 0, dns: 10, connect: 20, ssl: 30, send: 0, wait: 400, receive: 500 },
    time: 960,
    _securityState: 'secure',
    serverIPAddress: '192.0.2.1',
    connection: '443',
  },
  // Microseconds, and no timings of what was not measured.
  mitmproxy: {
    startedDateTime: '2026-01-01T12:00:00.123456+00:00',
    time: 900,
    request: {
      method: 'POST',
      url: URL,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: [{ name: 'content-type', value: 'application/json' }],
      queryString: [],
      headersSize: 300,
      bodySize: BODY.length,
      postData: { mimeType: 'application/json', text: BODY, params: [] },
    },
    response: {
      status: 200,
      statusText: 'OK',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: [STREAMED],
      content: { size: 200, compression: 0, mimeType: 'text/event-stream', text: STREAM },
      redirectURL: '',
      headersSize: 200,
      bodySize: 200,
    },
    cache: {},
    timings: { connect: -1, ssl: -1, send: 0, wait: 400, receive: 500 },
    serverIPAddress: '192.0.2.1',
  },
  // No timings, bodies in base64 both ways.
  Charles: {
    startedDateTime: '2026-01-01T12:00:00.123Z',
    time: null,
    request: {
      method: 'POST',
      url: URL,
      httpVersion: 'HTTP/1.1',
      headers: [{ name: 'content-type', value: 'application/json' }],
      queryString: [],
      cookies: [],
      headersSize: 300,
      bodySize: BODY.length,
      postData: { mimeType: 'application/json', encoding: 'base64', text: btoa(BODY) },
    },
    response: {
      _charlesStatus: 'COMPLETE',
      status: 200,
      statusText: null,
      httpVersion: 'HTTP/1.1',
      headers: [STREAMED],
      cookies: [],
      content: {
        size: 200,
        mimeType: 'text/event-stream',
        encoding: 'base64',
        text: Buffer.from(STREAM).toString('base64'),
      },
      headersSize: 200,
      bodySize: 200,
    },
    cache: {},
    timings: null,
  },
} as const

const PAGE = {
  startedDateTime: '2026-01-01T12:00:00.000Z',
  request: { method: 'GET', url: 'https://www.example.com/', headers: [] },
  response: { status: 200, headers: [], content: { text: '<p>' } },
}

function archive(...entries: object[]): ForeignHar {
  const har = { log: { version: '1.2', creator: {}, entries } }
  expect(validatorOf(harSchema)(har)).toEqual([])
  return har as unknown as ForeignHar
}

describe('an archive of somebody else', () => {
  test.each(Object.entries(FOREIGN))('%s', (_, entry) => {
    const [call, ...others] = fromHar(archive(PAGE, entry))
    expect(others).toEqual([])
    const { entry: place, isTimed, exchange: told } = call!
    expect({ place, isTimed }).toEqual({ place: 1, isTimed: false })
    expect(told.startedAt).toBe('2026-01-01T12:00:00.123Z')
    expect(told.request).toMatchObject({ method: 'POST', url: URL, body: BODY })
    expect(told.request.headers).toHaveLength(1)
    expect(Buffer.from(concatArrivals(told.decoded ?? told.arrivals)).toString()).toBe(STREAM)
    const isMeasured = entry.timings !== null
    expect(told.response).toMatchObject({ status: 200, atMs: isMeasured ? 400 : 0 })
    expect(told.end).toEqual({ how: 'complete', atMs: isMeasured ? 900 : 0 })
  })

  test('what was not answered, or given up', () => {
    const { request, startedDateTime } = FOREIGN.Chromium
    const unanswered = (_error?: string) => ({
      startedDateTime,
      request,
      response: { status: 0, headers: [], content: null, ...(_error && { _error }) },
    })
    const ends = fromHar(
      archive(unanswered(), unanswered('net::ERR_ABORTED'), unanswered('net::ERR_FAILED')),
    ).map(({ exchange: { response, end: how } }) => [response, how])
    expect(ends).toEqual([
      [null, { how: 'failed', atMs: 0, reason: 'other', code: '', message: 'no answer' }],
      [null, { how: 'aborted', atMs: 0 }],
      [null, { how: 'failed', atMs: 0, reason: 'other', code: '', message: 'net::ERR_FAILED' }],
    ])
  })
})

describe('lint', () => {
  async function linted(content: unknown) {
    const folder = await scratchFolder()
    await writeFile(join(folder, 'calls.har'), JSON.stringify(content))
    const { stdout, stderr, code } = await runCli(['lint', 'calls.har', '--json'], {}, folder)
    return { stderr, code, report: code === 2 ? undefined : (JSON.parse(stdout) as LintReport) }
  }

  test('judges each call of an archive', async () => {
    const late = streamed([
      [5, says('Hello.')],
      [50, DONE],
    ])
    const { report } = await linted(toHar([late, streamed([[5, says('Hello.')]])]))
    expect(report!.files.map(({ file, verdict }) => [file, verdict])).toEqual([
      ['calls.har#1', 'pass'],
      ['calls.har#2', 'fail'],
    ])
  })

  test('says nothing about times that nobody measured', async () => {
    const { report } = await linted(archive(PAGE, ...Object.values(FOREIGN)))
    expect(report!.files.map(({ file }) => file)).toEqual(
      [2, 3, 4, 5].map((place) => `calls.har#${place}`),
    )
    for (const { checks } of report!.files) {
      const failed = checks.filter(({ status }) => status === 'fail').map(({ id }) => id)
      expect(failed.filter((id) => /^(?:latency|transport)\//.test(id))).toEqual([])
    }
  })

  test('says so where there is no call', async () => {
    const { stderr, code } = await linted(archive(PAGE))
    expect(stderr).toContain('"calls.har" holds no call of a language model')
    expect(code).toBe(2)
    expect((await linted({ log: {} })).stderr).toContain('"calls.har" is not an HTTP Archive')
  })
})
