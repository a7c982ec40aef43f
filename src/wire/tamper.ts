import type { HttpRequest } from './exchange.ts'
import type { Reply } from './reply.ts'

/** A fault: what becomes of a good answer. Pure; sees the request that is being answered. */
export type Tamper = (reply: Reply, request: HttpRequest) => Reply
