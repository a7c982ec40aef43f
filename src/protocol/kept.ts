import type { Reply } from '../wire/index.ts'
import type { JsonObject } from './json/json.ts'

/** An answer that can be asked for again by its id, and gone on from; what is told of it is made when it is asked for. */
export interface Kept {
  readonly id: string
  /** Of what it says; they may be referred to. */
  readonly itemIds: readonly string[]
  /** As it is when it was not streamed. */
  readonly whole: () => JsonObject
  readonly item: (itemId: string) => JsonObject | undefined
  /** What was said up to its end, without its instructions, in the words of chat completions. */
  readonly messages: () => readonly JsonObject[]
  readonly stream: () => Reply
}

/** What was said before, by the ids that it had; `undefined` where nothing is kept. */
export interface Recall {
  /** Up to the end of an answer, as messages. */
  readonly messages: (answerId: string) => readonly JsonObject[] | undefined
  readonly item: (itemId: string) => JsonObject | undefined
}

/** The answers that are kept for whoever asks. */
export interface Keeper {
  readonly find: (
    id: string,
  ) => { readonly kept: Kept; /** Of its request. */ readonly body: string } | undefined
  readonly delete: (id: string) => void
}
