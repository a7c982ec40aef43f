import type { FastifyReply, FastifyRequest } from 'fastify'
import { type JournaledHandler, scopeOf } from '../journal/index.ts'
import type { Dialect } from '../protocol/index.ts'
import type { MockCall, MockLlm } from '../mocks/index.ts'
import type { AnyReply, Handler, HttpRequest } from '../wire/index.ts'
import { play } from '../wire/node.ts'
import { withCors } from './cors.ts'
import { headersOf } from './headers-of.ts'
import { noteEntry } from './tell-answered.ts'

type Listener = (request: FastifyRequest, reply: FastifyReply) => Promise<void>

/** Answers over the wire what a handler answers as data. */
export function serve(handler: JournaledHandler): Listener {
  return async (request, reply) => {
    const http = readFastifyRequest(request)
    const scope = scopeOf(http.headers)
    const answer = await handler(http, { gone: goneSignal(reply), scope, entry: undefined })
    reply.hijack()
    try {
      await play(withCors(answer), reply.raw)
    } catch (error) {
      // Nobody else answers any more.
      reply.raw.destroy()
      throw error
    }
  }
}

/** The same, at the pace of the mock, and written down in its journal. */
export function serveJournaled(
  handler: Handler<MockCall, AnyReply>,
  { journal, clock }: MockLlm,
  dialect: Dialect,
): Listener {
  return async (request, reply) => {
    const http = readFastifyRequest(request)
    const entry = journal.open(http)
    const call = { gone: goneSignal(reply), scope: entry.scope, entry, dialect }
    noteEntry(request, entry)
    try {
      const answer = withCors(await handler(http, call))
      entry.planned(answer)
      reply.hijack()
      await play(answer, reply.raw, { clock, zero: entry.zero, spectator: entry })
    } catch (error) {
      entry.ended('hang-up', clock.now() - entry.zero)
      // Nobody else answers any more.
      if (reply.sent) reply.raw.destroy()
      throw error
    }
  }
}

/** Aborts when the client leaves before the answer is over. */
function goneSignal({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController()
  raw.on('close', () => {
    if (!raw.writableFinished) gone.abort()
  })
  return gone.signal
}

function readFastifyRequest({ method, url, body, raw }: FastifyRequest): HttpRequest {
  return { method, url, headers: headersOf(raw), body: typeof body === 'string' ? body : null }
}
