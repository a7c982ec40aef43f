import type { FastifyReply, FastifyRequest } from 'fastify'
import { type JournaledHandler, scopeOf } from '../journal/index.ts'
import type { Dialect } from '../protocol/index.ts'
import type { MockCall, MockLlm } from '../mocks/index.ts'
import type { AnyReply, Handler, HttpRequest } from '../wire/index.ts'
import { headersOf, play } from '../wire/node.ts'
import { withCors } from './cors.ts'
import { OpenCall, OpenMockCall } from './open-call.ts'
import { othersRead } from './others-read.ts'

type Listener = (request: FastifyRequest, reply: FastifyReply) => Promise<void>

/** Answers over the wire what a handler answers as data. */
export function serve(handler: JournaledHandler): Listener {
  return async (request, reply) => {
    const http = readFastifyRequest(request)
    const answer = await handler(http, new OpenCall(reply.raw, scopeOf(http.headers)))
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
    request.journalEntry = entry
    const call = new OpenMockCall(reply.raw, entry, dialect)
    try {
      const answer = withCors(await handler(http, call))
      entry.planned(answer)
      reply.hijack()
      // Each write that wakes its reader costs as much as a request: they go out together.
      await othersRead()
      await play(answer, reply.raw, { clock, zero: entry.zero, spectator: entry })
    } catch (error) {
      entry.ended('hang-up', clock.now() - entry.zero)
      // Nobody else answers any more.
      if (reply.sent) reply.raw.destroy()
      throw error
    }
  }
}

function readFastifyRequest({ method, url, body, raw }: FastifyRequest): HttpRequest {
  return { method, url, headers: headersOf(raw), body: typeof body === 'string' ? body : null }
}
