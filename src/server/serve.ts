import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Handler, Header, HttpRequest } from '../wire/index.ts'
import { play } from '../wire/node.ts'
import { withCors } from './cors.ts'

/** Answers over the wire what a handler answers as data. */
export function serve(handler: Handler) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const gone = new AbortController()
    reply.raw.once('close', () => {
      if (!reply.raw.writableFinished) gone.abort()
    })
    const answer = await handler(toHttpRequest(request), gone.signal)
    reply.hijack()
    await play(withCors(answer), reply.raw)
  }
}

function toHttpRequest({ method, url, headers, body }: FastifyRequest): HttpRequest {
  return {
    method,
    url,
    headers: Object.entries(headers).flatMap(([name, value]) =>
      [value ?? []].flat().map((each): Header => [name, each]),
    ),
    body: typeof body === 'string' ? body : null,
  }
}
