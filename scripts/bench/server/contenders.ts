import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import type * as server from '../../../src/server/index.ts'
import type { Scenario } from '../../../src/mocks/index.ts'
import { events, PACE, TEXT } from './workload.ts'

const GAP = 1_000 / PACE.tokensPerSecond
const HEADERS = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' }

/**
 * Starts a server, at once or paced; gives its port. Each loads what it needs itself, so that its
 * memory is its own.
 */
export type Contender = (paced: boolean) => Promise<number>

const DECOYS = Array.from({ length: 200 }, (_, i): Scenario => ({
  when: { user: `decoy number ${i}` },
  then: 'Never said.',
}))

async function soundcheck(paced: boolean, before: readonly Scenario[] = []): Promise<number> {
  // As it is installed.
  const { href } = new URL('../../../dist/server/index.js', import.meta.url)
  const { startServer } = (await import(href)) as typeof server
  const then = { text: TEXT, ...(paced && { pacing: PACE }) }
  const { url } = await startServer({ scenarios: [...before, { when: { user: 'Say it' }, then }] })
  return Number(new URL(url).port)
}

export const contenders: Record<string, Contender> = {
  soundcheck,

  'soundcheck, 200 scenarios before': (paced) => soundcheck(paced, DECOYS),

  async aimock(paced) {
    const { LLMock } = await import('@copilotkit/aimock')
    const mock = new LLMock({ port: 0, logLevel: 'silent' })
    const pace = paced && {
      streamingProfile: { ttft: PACE.ttft, tps: PACE.tokensPerSecond, jitter: 0 },
    }
    mock.onMessage('Say it', { content: TEXT }, { chunkSize: 5, ...pace })
    await mock.start()
    return Number(new URL(mock.url).port)
  },

  'node:http, a write an event': (paced) =>
    plain(paced, async (response, wait) => {
      const buffers = BUFFERS
      response.writeHead(200, HEADERS)
      for (const [i, buffer] of buffers.entries()) {
        await wait(i)
        response.write(buffer)
      }
      response.end()
    }),

  'node:http, a write a stream': (paced) =>
    plain(paced, async (response) => {
      response.writeHead(200, HEADERS)
      response.end(WHOLE)
    }),

  async 'fastify, a Readable'(paced) {
    const { default: Fastify } = await import('fastify')
    const app = Fastify()
    app.post('/v1/chat/completions', (_, reply) =>
      reply
        .headers(HEADERS)
        .send(Readable.from(paced ? pacedEvents() : BUFFERS, { objectMode: false })),
    )
    await app.listen({ port: 0, host: '127.0.0.1' })
    return (app.server.address() as AddressInfo).port
  },
}

const BUFFERS = events().map((event) => Buffer.from(event))
const WHOLE = Buffer.concat(BUFFERS)

async function* pacedEvents() {
  for (const [i, buffer] of BUFFERS.entries()) {
    await chained(i)
    yield buffer
  }
}

/** As most people do it: each token waits for the one before. */
async function chained(event: number): Promise<void> {
  if (event === 0) await sleep(PACE.ttft)
  else if (event > 1 && event < BUFFERS.length - 2) await sleep(GAP)
}

async function plain(
  paced: boolean,
  answer: (
    response: ServerResponse,
    wait: (event: number) => Promise<void> | void,
  ) => Promise<void>,
): Promise<number> {
  const wait = paced ? chained : () => {}
  const listener = async (request: IncomingMessage, response: ServerResponse) => {
    JSON.parse(await text(request))
    await answer(response, wait)
  }
  const server = createServer((request, response) => void listener(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}
