import type { HttpRequest } from './exchange.ts'
import type { Call, Handler } from './handler.ts'
import type { AnyReply } from './live-reply.ts'
import type { Reply } from './reply.ts'
import { settle } from './settle.ts'

/** A fault in the answer: what becomes of a good one. Pure; sees the request that is being answered. */
export type Tamper = (reply: Reply, request: HttpRequest) => Reply

/** A fault in the handler, which is wrapped once for each server, and each scope of its requests. */
interface Wrapper {
  /** What the broken handler remembers belongs to it alone. */
  readonly wrap: <C extends Call>(handler: Handler<C>) => Handler<C>
}

/** A way to break an endpoint: a fault in its answers, or one in its handler. */
export type Fault = Tamper | Wrapper

/** Breaks a handler, whose live replies are waited for: faults see what is finished. */
export function inject<C extends Call>(fault: Fault, handler: Handler<C, AnyReply>): Handler<C> {
  const finished: Handler<C> = async (request, call) =>
    settle(await handler(request, call), { signal: call.gone })
  if (typeof fault === 'object') return fault.wrap(finished)
  return async (request, call) => fault(await finished(request, call), request)
}
