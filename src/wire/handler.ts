import type { HttpRequest } from './exchange.ts'
import type { AnyReply } from './live-reply.ts'
import type { Reply } from './reply.ts'

/** What goes with a request on its way to an answer. */
export interface Call {
  /** Aborts when the client leaves before the answer is over. */
  readonly gone: AbortSignal
}

/** Answers a request; a `Handler<Call, AnyReply>` may give answers that are still being made. */
export type Handler<C extends Call = Call, Answer extends AnyReply = Reply> = (
  request: HttpRequest,
  call: C,
) => Promise<Answer>
