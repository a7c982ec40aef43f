import { once } from 'node:events'
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { text as readText } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { describe, expect, onTestFinished, test } from 'vitest'
import { UNHURRIED } from '../../scripts/unhurried.ts'
import {
  check,
  type CheckOptions,
  type CheckReport,
  checkReportSchema,
  SoundcheckError,
} from '../../src/conformance/index.ts'
import { Evidence } from '../../src/conformance/evidence/evidence.ts'
import { whyNotToRun } from '../../src/conformance/run/why-not-to-run.ts'
import { compileSchema } from '../../src/protocol/index.ts'
import { type Exchange, headerValue, jsonReply, textReply } from '../../src/wire/index.ts'
import { play } from '../../src/wire/node.ts'
import { text } from '../support/bytes.ts'
import { rawServer } from '../support/raw-server.ts'
import { referenceServer } from '../support/reference-server.ts'

const failedIds = ({ checks }: CheckReport) =>
  checks.filter(({ status }) => status === 'fail').map(({ id }) => id)

async function exchangesOf(url: string, options: Partial<CheckOptions> = {}): Promise<Exchange[]> {
  const exchanges: Exchange[] = []
  await check({ url, ...options, onExchange: (exchange) => exchanges.push(exchange) })
  return exchanges
}

test.each<[string, Partial<CheckOptions>]>([
  [
    'of a long system prompt',
    { system: 'Be kind. '.repeat(120_000), only: ['sse/done'], quick: true },
  ],
  ['with blanks after it', { only: ['errors/oversize'] }],
])('a body of over a megabyte is not kept: %s', async (_, options) => {
  const exchanges = await exchangesOf(await referenceServer(), options)
  const bodies = exchanges.map(({ request }) => request.body)
  expect(bodies).toContain(null)
  expect(bodies.filter((body) => (body?.length ?? 0) > 1_000_000)).toEqual([])
})

describe('where there is nothing to judge', () => {
  test.each([
    ['http://127.0.0.1:1', 'CONNECTION_REFUSED'],
    ['http://no-such-host.invalid/v1', 'HOST_NOT_FOUND'],
  ])('%s: %s', async (url, code) => {
    const error = await check({ url }).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(SoundcheckError)
    expect(error).toMatchObject({ code })
  })

  test('no TLS', async () => {
    const url = (await referenceServer()).replace('http:', 'https:')
    await expect(check({ url })).rejects.toMatchObject({ code: 'TLS' })
  })

  test('a key that is refused', async () => {
    const url = await referenceServer({ apiKey: 'sesame-1234' })
    const refused = check({ url, apiKey: 'wrong-key' })
    await expect(refused).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
    await expect(refused).rejects.not.toThrow('wrong-key')
  })

  test.each(['ftp://example.com', 'example.com', 'https://user:pass@example.com'])(
    'no URL to send to: %s',
    async (url) => {
      await expect(check({ url })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    },
  )

  test('no address that accepts a connection', async () => {
    const [first] = await exchangesOf(await referenceServer(), { only: ['sse/done'] })
    const evidence = Evidence.ofExchange({
      ...first!,
      connectMs: null,
      response: null,
      end: { how: 'timeout', atMs: 300 },
    })
    expect(whyNotToRun(evidence, String)).toMatchObject({ code: 'UNREACHABLE' })
  })

  test('no such check', async () => {
    const unknown = check({ url: 'http://127.0.0.1:1', only: ['sse/nothing'] })
    await expect(unknown).rejects.toThrow('"sse/nothing" matches no check')
    const empty = check({ url: 'http://127.0.0.1:1', only: [''] })
    await expect(empty).rejects.toMatchObject({ code: 'UNKNOWN_CHECK' })
  })
})

describe('an endpoint that misbehaves is a result', () => {
  /** Checks of requests that are no turns: what answers them is another matter. */
  const ABOUT_OTHERS = ['errors/*', 'models/*', 'transport/options-preflight']

  test('an HTML page', async () => {
    const page = textReply(200, 'text/html', '<!doctype html><title>Log in</title>')
    const url = await rawServer((_, response) => void play(page, response))
    const report = await check({ url, skip: ABOUT_OTHERS })
    expect(report.verdict).toBe('fail')
    expect(failedIds(report)).toEqual(['transport/html-answer'])
    expect(
      report.checks.find(({ id }) => id === 'transport/html-answer')!.findings[0]!.message,
    ).toBe('The response is an HTML page, titled "Log in", with status 200.')
  })

  test.each([
    ['', '/v1', /^Most servers answer at \/v1/],
    ['/v1', '', /^Look in your server log for the path/],
  ])('a path that is not there: %j, where %j is', async (given, right, fix) => {
    const url = await rawServer(({ url: path, method }, response) => {
      if (path === `${right}/chat/completions`) return response.writeHead(400).end('{}')
      response.writeHead(404, { 'content-type': 'text/html' })
      return response.end(
        `<!DOCTYPE html><html><head><title>Error</title></head><body><pre>Cannot ${method} ${path}</pre></body></html>`,
      )
    })
    const report = await check({ url: `${url}${given}`, skip: ABOUT_OTHERS })
    expect(failedIds(report)).toEqual(['transport/html-answer'])
    const { findings, advice } = report.checks.find(({ id }) => id === 'transport/html-answer')!
    expect(findings[0]!.message).toBe(
      'The path was not found: the response is an HTML page, titled "Error", with status 404.',
    )
    expect(advice?.fix).toMatch(fix)
    expect(report.warnings).toContain(`there is an endpoint at ${url}${right}/chat/completions`)
  })

  test('a path that is not there, nor next door', async () => {
    const url = await rawServer((_, response) =>
      response.writeHead(404).end('{"detail":"Not Found"}'),
    )
    const report = await check({ url, quick: true, skip: ABOUT_OTHERS })
    expect(report.warnings.join()).not.toContain('there is an endpoint')
    const { advice } = report.checks.find(({ id }) => id === 'transport/status-ok')!
    expect(advice?.fix).toMatch(/^Most servers answer at \/v1/)
  })

  test('a model that is not there is no path that is not', async () => {
    const asked: (string | undefined)[] = []
    const url = await rawServer((request, response) => {
      asked.push(request.url)
      response.writeHead(404).end('{"error":{"message":"The model `m` does not exist"}}')
    })
    const report = await check({ url, only: ['transport/status-ok'], quick: true })
    expect(new Set(asked)).toEqual(new Set(['/chat/completions']))
    const { advice } = report.checks.find(({ id }) => id === 'transport/status-ok')!
    expect(advice?.fix).toMatch(/^Read the error text/)
  })

  test('a silent socket: one finding, and one request', async () => {
    const url = await rawServer(() => {})
    const report = await check({ url, timeoutMs: 1_500 })
    expect(failedIds(report)).toEqual(['transport/status-ok'])
    expect(report).toMatchObject({ verdict: 'fail', requests: 1 })
  })

  test('a connection that is closed at once', async () => {
    const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
    onTestFinished(() => {
      server.close()
    })
    await once(server, 'listening')
    const report = await check({
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    })
    expect(failedIds(report)).toEqual(['transport/status-ok'])
  })

  /** The reference server behind a process that goes away when it is told to. */
  async function mortal(dies: (request: IncomingMessage, count: number) => boolean) {
    const good = await referenceServer()
    let count = 0
    const answer = async (request: IncomingMessage, response: ServerResponse) => {
      const body = await readText(request)
      count += 1
      if (dies(request, count)) {
        server.close()
        return server.closeAllConnections()
      }
      const answered = await fetch(good + request.url!, {
        method: request.method!,
        headers: { 'content-type': 'application/json' },
        ...(body !== '' && { body }),
      })
      response.writeHead(answered.status, {
        'content-type': answered.headers.get('content-type') ?? 'text/plain',
      })
      response.end(await answered.text())
    }
    const server: Server = createHttpServer((request, response) => void answer(request, response))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
  }

  test('a server that dies of a request: one finding, and nothing more is sent', async () => {
    const { url } = await mortal((_, count) => count === 9)
    const report = await check({ url, skip: ['latency'] })
    expect(failedIds(report)).toEqual(['transport/status-ok'])
    const { findings } = report.checks.find(({ id }) => id === 'transport/status-ok')!
    expect(findings.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^The connection was closed after \d+ ms without an answer\.$/),
    ])
    expect(report.requests).toBe(9)
    expect(report.warnings).toContainEqual(
      expect.stringMatching(
        /^nothing more was sent: the endpoint stopped listening after [-\w, ]+$/,
      ),
    )
  })

  test('a server that ends between two requests', async () => {
    const { server, url } = await mortal(() => false)
    let sent = 0
    const report = await check({
      url,
      skip: ['latency'],
      concurrency: 1,
      onExchange: () => (sent += 1) === 5 && server.close(),
    })
    expect(failedIds(report)).toEqual(['transport/status-ok'])
    const { findings } = report.checks.find(({ id }) => id === 'transport/status-ok')!
    expect(findings.map(({ message }) => message)).toEqual([
      'Nothing listens there any more: the connection was refused.',
    ])
    expect(report.requests).toBe(6)
  })

  test.each([
    [
      'an interim response',
      'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n',
      /^An interim response \(100 Continue\) arrived after \d+ ms; the HTTP client of Node.js ends/,
    ],
    [
      'half a head',
      'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n',
      /^50 bytes arrived, but not the end of the response head within \d+ ms, the time limit/,
    ],
    [
      'two lengths',
      'HTTP/1.1 200 OK\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
      /^The head of the response, .*, is not valid HTTP after its Content-Length: most often a Transfer-Encoding/,
    ],
  ])('%s', async (_, answer, message) => {
    const server = createServer((socket) => {
      socket.on('error', () => {})
      socket.once('data', () => socket.write(answer))
    }).listen(0, '127.0.0.1')
    onTestFinished(() => void server.close())
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const report = await check({ url: `http://127.0.0.1:${port}`, timeoutMs: 1_500 })
    expect(failedIds(report)).toEqual(['transport/status-ok'])
    const { findings } = report.checks.find(({ id }) => id === 'transport/status-ok')!
    expect(findings[0]!.message).toMatch(message)
  })

  test('a stream without end', async () => {
    const url = await rawServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      const timer = setInterval(() => response.write(': still here\n\n'), 20)
      response.on('close', () => clearInterval(timer))
    })
    const report = await check({ url, timeoutMs: 1_500 })
    expect(failedIds(report)).toEqual(['transport/body-complete'])
    expect(report.requests).toBe(1)
  })

  test.each([
    ['tool_choice', 'transport/status-ok'],
    ['tool_call_id', 'request/tool-role'],
  ])('a request with %s refused', async (member, id) => {
    const good = await referenceServer()
    const url = await rawServer(async (request, response) => {
      const body = await readText(request)
      if (body.includes(member)) return void response.writeHead(500).end('no')
      const answer = await fetch(`${good}/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      })
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end(await answer.text())
    })
    const report = await check({ url, skip: ABOUT_OTHERS, limits: UNHURRIED })
    expect(report.verdict).toBe('fail')
    expect(failedIds(report)).toEqual([id])
  })

  test.each([
    ['an unknown content coding', 'constructor', 'x'],
    ['a bomb', 'gzip', gzipSync(Buffer.alloc(200_000_000))],
  ])('%s', async (_, coding, body) => {
    const url = await rawServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'content-encoding': coding })
      response.end(body)
    })
    const report = await check({ url, only: ['transport/*', 'sse/*', 'stream/*'] })
    expect(report.verdict).toBe('fail')
    expect(report.checks.filter(({ reason }) => reason?.startsWith('harness-error'))).toEqual([])
  })

  test('JSON nested as deep as the sea breaks no check', async () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`
    const url = await rawServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      const delta = `{"content":${deep},"role":${deep},"tool_calls":[${deep}]}`
      response.end(
        `data: {"id":${deep},"usage":${deep},"choices":[{"index":${deep},"delta":${delta},"finish_reason":${deep}}]}\n\ndata: ${deep}\n\n`,
      )
    })
    const report = await check({ url })
    expect(report.verdict).toBe('fail')
    expect(report.checks.filter(({ reason }) => reason?.startsWith('harness-error'))).toEqual([])
  })

  test('a rate limit: the run cannot tell', async () => {
    const limited = jsonReply(429, { error: { message: 'slow down' } })
    const url = await rawServer((_, response) => void play(limited, response))
    const report = await check({ url, only: ['sse/*', 'transport/status-ok'] })
    expect(report.verdict).toBe('inconclusive')
    expect(failedIds(report)).toEqual([])
  })
})

test('compression that is flushed with every event is no fault', async () => {
  const url = await referenceServer({
    fault: (reply, { headers }) => {
      const wanted = headerValue(headers, 'accept-encoding')?.includes('gzip')
      const frames = reply.frames.map((frame, i) => ({ ...frame, atMs: i * 15 }))
      return wanted
        ? {
            ...reply,
            frames,
            headers: [...reply.headers, ['content-encoding', 'gzip']],
            coding: 'gzip',
          }
        : { ...reply, frames }
    },
  })
  const report = await check({ url, only: ['transport/content-encoding'] })
  expect(report).toMatchObject({ verdict: 'pass', summary: { pass: 1 } })
})

describe('what is sent', () => {
  test('goes to /chat/completions below the URL, with key, headers and model', async () => {
    const seen: { url: string | undefined; headers: unknown; model: string }[] = []
    const url = await rawServer(async (request, response) => {
      let body = ''
      for await (const piece of request) body += piece
      if (request.method === 'POST') {
        seen.push({ url: request.url, headers: request.headers, model: JSON.parse(body).model })
      }
      response.end()
    })
    await check({
      url: `${url}/base/`,
      apiKey: 'sesame-1234',
      model: 'my-model',
      headers: [['x-custom', 'yes']],
      only: ['sse/done'],
    })
    expect(seen[0]).toMatchObject({
      url: '/base/chat/completions',
      headers: {
        authorization: 'Bearer sesame-1234',
        'x-custom': 'yes',
        'content-type': 'application/json',
        'x-soundcheck-probe': 'streamed-turn-1',
      },
      model: 'my-model',
    })
    expect(new Set(seen.map((each) => each.model))).toEqual(new Set(['my-model']))
  })

  test('is only what the chosen checks need', async () => {
    const url = await referenceServer()
    const report = await check({ url, only: ['transport/options-preflight'] })
    expect(report).toMatchObject({ requests: 1, verdict: 'pass', summary: { pass: 1 } })
    expect(report.exchanges.map(({ probe }) => probe)).toEqual(['preflight'])
  })

  test('keeps a URL that says /chat/completions already', async () => {
    const url = `${await referenceServer()}/chat/completions`
    expect((await check({ url, only: ['sse/done'] })).verdict).toBe('pass')
  })
})

test('the report satisfies its schema, whether all is well or nothing', async () => {
  const violationsOf = compileSchema(checkReportSchema)
  expect(violationsOf(await check({ url: await referenceServer() }))).toEqual([])
  const silent = await check({ url: await rawServer(() => {}), timeoutMs: 1_500 })
  expect(violationsOf(silent)).toEqual([])
})

test('secrets are redacted, wherever they come back', async () => {
  const secrets = ['sesame-1234-open', 'custom-secret-77', 'query-secret-88']
  const url = await rawServer((request, response) => {
    const echo = `${JSON.stringify(request.headers)} ${request.url}`
    void play(jsonReply(500, { error: { message: echo } }), response)
  })
  const exchanges: Exchange[] = []
  const report = await check({
    url: `${url}/v1?api_key=${secrets[2]}`,
    apiKey: secrets[0]!,
    headers: [['x-api-key', secrets[1]!]],
    onExchange: (exchange) => exchanges.push(exchange),
  })
  const shown =
    JSON.stringify(report) +
    JSON.stringify(exchanges) +
    exchanges.map(({ arrivals }) => text(arrivals)).join('')
  expect(shown).toContain('authorization')
  for (const secret of secrets) expect(shown).not.toContain(secret)
  expect(
    report.checks.find(({ id }) => id === 'transport/status-ok')!.findings[0]!.actual,
  ).toContain('****')
})

test.each([
  ['cut in the middle', 401, (key: string) => `${'x'.repeat(190)} ${key}`],
  ['in the reason of a refusal', 401, (key: string) => `bad key ${key}`],
])('a secret is redacted %s', async (_, status, wordsFor) => {
  const key = 'sesame-1234-open-the-door-to-the-long-hall'
  const url = await rawServer((_request, response) => {
    void play(jsonReply(status, { error: { message: wordsFor(key) } }), response)
  })
  const error = await check({ url, apiKey: key }).catch((reason: Error) => reason)
  expect(error).toMatchObject({ code: 'UNAUTHORIZED' })
  expect((error as Error).message).not.toContain('sesame')
})

test('a header of the user replaces the one of the same name', async () => {
  const url = await referenceServer({ apiKey: 'sesame-1234' })
  const headers = [['Authorization', 'Bearer sesame-1234']] as const
  const [first] = await exchangesOf(url, { apiKey: 'other', headers, only: ['sse/done'] })
  expect(first!.response!.status).toBe(200)
  expect(headerValue(first!.request.headers, 'authorization')).toBe('***')
  const report = await check({ url, apiKey: 'other', headers, only: ['errors/unauthorized'] })
  expect(report.checks[0]).toMatchObject({ status: 'skip', reason: 'no API key was given' })
})

test('an interruption ends the run, and what came back is judged', async () => {
  const url = await referenceServer()
  const controller = new AbortController()
  const report = await check({
    url,
    concurrency: 1,
    signal: controller.signal,
    onProgress: ({ state, done }) => {
      if (state === 'done' && done === 2) controller.abort()
    },
  })
  expect(report.verdict).toBe('inconclusive')
  expect(report.requests).toBeLessThan(10)
  expect(report.checks.find(({ id }) => id === 'sse/done')!.status).toBe('pass')
  expect(report.checks.find(({ id }) => id === 'transport/options-preflight')).toMatchObject({
    status: 'inconclusive',
    reason: 'not sent: interrupted',
  })
})

test('warnings fail the run when they are to', async () => {
  const url = await referenceServer({
    fault: (reply) => ({
      ...reply,
      frames: reply.frames.map((frame) =>
        frame.kind === 'event' ? { ...frame, event: 'chunk' } : frame,
      ),
    }),
  })
  expect((await check({ url, only: ['sse/event-name'] })).verdict).toBe('pass')
  expect((await check({ url, only: ['sse/event-name'], failOn: 'warning' })).verdict).toBe('fail')
})

describe('an endpoint that answers everything alike', () => {
  const failing = async (answer: (path: string, body: string) => number) => {
    const url = await rawServer((request, response) => {
      void readText(request).then((body) => {
        const status = answer(request.url ?? '', body)
        const head = status < 400 ? [['location', '/v1'] as const] : []
        void play(jsonReply(status, { error: { message: 'Broken' } }, head), response)
      })
    })
    return failedIds(await check({ url }))
  }

  test.each([500, 404, 503])('with status %i: is told so once', async (status) => {
    expect(await failing(() => status)).toEqual(['transport/status-ok'])
  })

  test('redirects: are told once', async () => {
    expect(await failing(() => 307)).toEqual(['transport/no-redirect'])
  })

  test('what is answered by another status is a failure of its own', async () => {
    const ids = await failing((_, body) => (body.includes('"messages"') ? 500 : 503))
    expect(ids).toEqual(
      expect.arrayContaining(['transport/status-ok', 'errors/missing-messages', 'models/list']),
    )
  })
})

test('a quick run leaves no check in doubt at an endpoint that keeps the contract', async () => {
  const report = await check({ url: await referenceServer(), quick: true })
  const byId = new Map(report.checks.map((each) => [each.id, each]))
  expect(report.checks.filter(({ status }) => status === 'inconclusive')).toEqual([])
  expect(byId.get('isolation/revised-turn')).toMatchObject({
    status: 'skip',
    reason: 'not part of a quick run',
  })
})
