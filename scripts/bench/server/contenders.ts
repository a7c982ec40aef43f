import { createServer, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { listening } from '../listening.ts'
import { runAt } from '../pacer.ts'
import { events, GAP_MS, PACE, RESPONSES_PATH, responsesEvents, TOKENS } from './workload.ts'

const HEADERS = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' }

export const LEAN = 'node:http, lean'

/** Starts a server, at once or paced; gives its URL. */
export type Contender = (paced: boolean) => Promise<string>

export const contenders: Record<string, Contender> = {
  /** The limit: what any server on `node:http` has to do, and no more. */
  [LEAN]: lean,

  async 'fastify, a Readable'(paced) {
    const { default: Fastify } = await import('fastify')
    const app = Fastify()
    app.post('/v1/chat/completions', (_, reply) =>
      reply
        .headers(HEADERS)
        .send(Readable.from(paced ? pacedEvents() : BUFFERS, { objectMode: false })),
    )
    return app.listen({ port: 0, host: '127.0.0.1' })
  },
}

const BUFFERS = events().map((event) => Buffer.from(event))
const WHOLE = Buffer.concat(BUFFERS)
const WHOLE_RESPONSE = Buffer.from(responsesEvents().join(''))

async function* pacedEvents() {
  for (const [i, buffer] of BUFFERS.entries()) {
    await chained(i)
    yield buffer
  }
}

/** As most people do it: each token waits for the one before. */
async function chained(event: number): Promise<void> {
  if (event === 0) await sleep(PACE.ttft)
  else if (event > 1 && event < BUFFERS.length - 2) await sleep(GAP_MS)
}

/** At once, one write of bytes that are there; at a pace, each event by a heap that all streams share. */
async function lean(paced: boolean): Promise<string> {
  const answer = paced
    ? (response: ServerResponse) => send(response, 0, performance.now())
    : sendAll
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      JSON.parse(Buffer.concat(chunks).toString())
      response.writeHead(200, HEADERS)
      if (request.url === RESPONSES_PATH) response.end(WHOLE_RESPONSE)
      else answer(response)
    })
  })
  return listening(server)
}

function sendAll(response: ServerResponse): void {
  response.end(WHOLE)
}

function send(response: ServerResponse, event: number, begun: number): void {
  const at = begun + dueMs(event)
  if (event === BUFFERS.length) {
    response.end()
  } else if (at <= performance.now()) {
    response.write(BUFFERS[event])
    send(response, event + 1, begun)
  } else {
    runAt(at, () => send(response, event, begun))
  }
}

/** The role goes out with the first token, the end with the last. */
function dueMs(event: number): number {
  return PACE.ttft + Math.min(Math.max(event - 1, 0), TOKENS - 1) * GAP_MS
}
