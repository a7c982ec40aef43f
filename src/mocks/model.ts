import {
  type ChatRequest,
  type Dialect,
  dialects,
  type Kept,
  type Recall,
} from '../protocol/index.ts'
import type { Why } from '../journal/index.ts'
import type { AnyReply, HttpRequest, Reply } from '../wire/index.ts'

/** The surroundings of a request. */
export interface CallContext {
  readonly http: HttpRequest
  /** Keeps the scenarios of parallel tests apart; empty when the request names none. */
  readonly scope: string
  /** In which it is to be answered. */
  readonly dialect: Dialect
  /** Other answers under way. */
  readonly others: number
  /** Aborts when the client leaves before the answer is over. */
  readonly gone: AbortSignal
  /** What was said before, where a request names it. */
  readonly recall?: Recall
  /** Keeps an answer, so that it can be named. */
  readonly keep?: (kept: Kept) => void
  /** Tells the journal why this answer is given. */
  readonly tell: (why: Why) => void
}

/** Where a model is asked without any. */
export const NOWHERE: CallContext = {
  http: { method: 'POST', url: '', headers: [], body: null },
  scope: '',
  dialect: dialects[0]!,
  others: 0,
  gone: new AbortController().signal,
  tell: () => {},
}

/**
 * Something that answers requests, whatever their dialect: a valid one in the words of chat completions in, an answer as data out. A
 * `Model<AnyReply>` may give answers that are still being made.
 */
export type Model<Answer extends AnyReply = Reply> = (
  request: ChatRequest,
  context?: CallContext,
) => Promise<Answer>
