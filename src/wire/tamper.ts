import type { HttpRequest } from './exchange.ts'
import type { EventFrame, Frame, HangUpFrame, Reply } from './reply.ts'

/** A fault: what becomes of a good answer. Pure; sees the request it answers. */
export type Tamper = (reply: Reply, request: HttpRequest) => Reply
