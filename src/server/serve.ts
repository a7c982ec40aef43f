import type { ServerResponse } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type JournaledHandler, scopeOf } from '../journal/index.ts'
import type { Dialect } from '../protocol/index.ts'
import type { MockCall, MockLlm } from '../mocks/index.ts'
import type { AnyReply, Handler, HttpRequest } from '../wire/index.ts'
import { headersOf, play } from '../wire/node.ts'
import type { ArrivalOf } from './arrivals.ts'
import { withCors } from './cors.ts'
import { OpenCall, OpenMockCall } from './open-call.ts'
import { othersRead } from './others-read.ts'

type Listener = (request: FastifyRequest, reply: FastifyReply) => Promise<void>

/** Answers over the wire what a handler answers as data. */
export function serve(handler: JournaledHandler): Listener {
  return served((http, raw) => handler(http, new OpenCall(raw, scopeOf(http.headers))))
}

/** The same, in a dialect. */
export function serveIn(dialect: Dialect, handler: Handler<MockCall, AnyReply>): Listener {
  return served((http, raw) => handler(http, new OpenMockCall(raw, dialect, scopeOf(http.headers))))
}

function served(
  answered: (http: HttpRequest, response: ServerResponse) => Promise<AnyReply>,
): Listener {
  return async (request, reply) => {
    const answer = await answered(readFastifyRequest(request), reply.raw)
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

/** Answers at the pace of the mock, and writes it down in its journal. */
export function serveJournaled(
  handler: Handler<MockCall, AnyReply>,
  { journal, clock }: MockLlm,
  dialect: Dialect,
  arrivalOf: ArrivalOf,
): Listener {
  return async (request, reply) => {
    const http = readFastifyRequest(request)
    const entry = journal.open(http, arrivalOf(request.raw))
    request.journalEntry = entry
    const call = new OpenMockCall(reply.raw, dialect, entry.scope, entry)
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
