import type { ChatRequest } from '../protocol/index.ts'
import type { HttpRequest, Reply } from '../wire/index.ts'

/** The surroundings of a request. */
export interface CallContext {
  readonly http: HttpRequest
  /** Keeps the scenarios of parallel tests apart; empty when the request names none. */
  readonly scope: string
  /** Other answers under way. */
  readonly others: number
  /** Aborts when the client leaves before the answer is over. */
  readonly gone: AbortSignal
  /** Tells the journal why this answer is given. */
  readonly tell: (why: Why) => void
}

/** Where a model is asked without any. */
export const NOWHERE: CallContext = {
  http: { method: 'POST', url: '', headers: [], body: null },
  scope: '',
  others: 0,
  gone: new AbortController().signal,
  tell: () => {},
}

/** Why an answer was given: the scenario that matched, or how near the others came. */
export interface Why {
  /** `null` when none matched. */
  readonly scenario: string | null
  /** The names of its conditions, all of which held. */
  readonly held: readonly string[]
  /** The nearest scenarios, when none matched. */
  readonly misses: readonly Miss[]
}

/** A scenario that did not match. */
export interface Miss {
  readonly scenario: string
  /** How many of its conditions held. */
  readonly held: number
  /** What each failed condition wanted, and what it saw. */
  readonly failed: readonly string[]
}

/** Something that answers chat completion requests: a valid request in, an answer as data out. */
export type Model = (request: ChatRequest, context?: CallContext) => Promise<Reply>
