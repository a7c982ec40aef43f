import type { HttpRequest } from './exchange.ts'
import type { Reply } from './reply.ts'

/** What goes with a request on its way to an answer. */
export interface Call {
  /** Aborts when the client leaves before the answer is over. */
  readonly gone: AbortSignal
}

/** Answers a request. */
export type Handler<C extends Call = Call> = (request: HttpRequest, call: C) => Promise<Reply>
