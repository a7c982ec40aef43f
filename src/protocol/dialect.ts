import type { HttpRequest, Reply, Terminator } from '../wire/index.ts'
import type { Answer } from './answer.ts'
import type { ChatRequest } from './chat-request.ts'
import type { ApiError } from './error-reply.ts'
import type { Json, JsonObject } from './json/json.ts'
import type { Keeper, Kept, Recall } from './kept.ts'
import type { Read } from './reading.ts'
import type { StandIn } from './stand-in.ts'
import type { Usage } from './usage.ts'
import type { WholeAnswer } from './whole-answer.ts'

/**
 * A way to ask a language model over HTTP, and to be answered in a stream of events. All that is said
 * in it is read into `Turn` and `Reading`, and written from chat requests and `Answer`.
 */
export interface Dialect {
  readonly id: string
  /** What is asked for, as messages begin with it: `Chat completions`. */
  readonly title: string
  /** Where it is asked for, below the base URL. */
  readonly path: `/${string}`
  readonly terminator: Terminator
  /** Writes a request that is given in the words of chat completions. */
  readonly makeRequest: (request: JsonObject) => JsonObject
  /** What a request says in the words of chat completions, however wrong it is. */
  readonly inChatWords: (request: JsonObject) => JsonObject
  /** Reads the body of a request, or says why the API, or the one it stands in for, refuses it. */
  readonly readRequest: (body: string, as?: StandIn, recall?: Recall) => RequestRead
  readonly readReply: Read
  /** Reads the body of an answer that was not streamed; `undefined` for what is none. */
  readonly readWhole: (json: Json | undefined) => WholeAnswer | undefined
  /** Writes into the data of an event which one it is, from 0, where events of the dialect are numbered. */
  readonly number?: (data: string, ordinal: number) => string
  /** Whether a part of the body of an answer shows that it has begun to say something. */
  readonly saysSomething: (part: string) => boolean
  /** Writes answers, one for each choice, as a stream or whole, as was asked. */
  readonly writeReply: (answers: readonly Answer[], form: ReplyForm) => Promise<Reply>
  /** Answers what is asked below its path, of answers that are kept; `undefined` where there is nothing. */
  readonly answerKept?: (request: HttpRequest, keeper: Keeper) => Reply | undefined
}

/** A request in the words of chat completions, or why it is refused. */
export type RequestRead = { readonly request: ChatRequest } | { readonly error: ApiError }

/** How answers are to be written. */
export interface ReplyForm {
  readonly request: ChatRequest
  /** What ids are derived from: a hash of the request, and the seed in it. */
  readonly print: number
  readonly seed: number
  /** Counted where it is told only, since that takes time. */
  readonly usage: () => Promise<Usage>
  /** All at once, when absent. */
  readonly schedule?: Schedule | undefined
  /** What breaks it off, if anything does. */
  readonly failure?: Failure | undefined
  /** Keeps the answer, where the request does not forbid it. */
  readonly keep?: ((kept: Kept) => void) | undefined
}

/** An error in the middle of a stream. */
export interface Failure {
  /** How much of the answer comes before. */
  readonly afterTokens: number
  /** The error as an answer of its own. */
  readonly reply: Reply
}

/** When each of so many tokens is due, in milliseconds from the request; one more is the end of the answer. */
export type Schedule = (tokens: number) => readonly number[]
