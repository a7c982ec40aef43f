import type { HttpRequest } from './exchange.ts'
import type { Reply } from './reply.ts'

/** Answers a request; `gone` aborts when the client leaves before the answer is over. */
export type Handler = (request: HttpRequest, gone: AbortSignal) => Promise<Reply>

/** A fault in the answer: what becomes of a good one. Pure; sees the request that is being answered. */
export type Tamper = (reply: Reply, request: HttpRequest) => Reply

/**
 * A way to break an endpoint: a fault in its answers, or one in its handler. A handler is wrapped
 * once for each server, and each scope of its requests, so that what it remembers belongs to them alone.
 */
export type Fault = Tamper | { readonly wrap: (handler: Handler) => Handler }

/** Breaks a handler. */
export function inject(fault: Fault, handler: Handler): Handler {
  if (typeof fault === 'object') return fault.wrap(handler)
  return async (request, gone) => fault(await handler(request, gone), request)
}
