import type { AnyReply, Call, Handler } from '../wire/index.ts'
import type { OpenEntry } from './journal-entry.ts'

/** What goes with a request to a mock. */
export interface JournaledCall extends Call {
  /** Keeps the scenarios of parallel tests apart; empty when the request names none. */
  readonly scope: string
  /** Where it is written down; `undefined` for what is no request for an answer of a model. */
  readonly entry: OpenEntry | undefined
}

/** Answers requests to a mock, be it with an answer that is still being made. */
export type JournaledHandler = Handler<JournaledCall, AnyReply>
