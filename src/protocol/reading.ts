/** A place in an answer: which of its events, and where in the data of that. */
export interface Spot {
  /** Ordinal of the event in the answer, from 0. */
  readonly event: number
  /** JSON Pointer into its data. */
  readonly path: string
}

/**
 * What a part of an event says, whatever the dialect; one event may say several things.
 *
 * - `role`: who speaks.
 * - `text`, `reasoning`, `refusal`: never empty.
 * - `call`: a piece of a tool call: its name, some of its arguments.
 * - `finish`: that a choice is over.
 * - `filler`: nothing that a caller waits for: no text, no reasoning, no call.
 * - `usage`: what was generated, in tokens; 0 for what is not told.
 * - `error`: a failure, be it in place of a reply.
 * - `unreadable`: no JSON object; `stray` where what was meant is plain, such as a comment.
 */
export type Piece = Spot &
  (
    | ({ readonly choice: number } & SaidOfChoice)
    | {
        readonly kind: 'filler'
        /** `undefined` where it belongs to none. */
        readonly choice: number | undefined
        /** As messages name it. */
        readonly what: string
      }
    | { readonly kind: 'usage'; readonly completion: number; readonly reasoning: number }
    | { readonly kind: 'error'; readonly isAlone: boolean }
    | { readonly kind: 'unreadable'; readonly why: 'not-json' | 'not-an-object' | 'stray' }
  )

type SaidOfChoice =
  | { readonly kind: 'role'; readonly role: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'reasoning' | 'refusal'; readonly text: string }
  | { readonly kind: 'call'; readonly call: Call }
  | {
      readonly kind: 'finish'
      /** In the words of chat completions; `undefined` where it is told, but not in a word. */
      readonly reason: string | undefined
      /** Whether the choice was cut at its token limit. */
      readonly isLimit: boolean
      /** Whether something broke. */
      readonly isFailure: boolean
    }

/** A piece of the text of some choice. */
export type TextPiece = Extract<Piece, { readonly kind: 'text' }>

/** A place that says again what was said in pieces. */
export interface Copy extends Spot {
  /** What is said there. */
  readonly value: string
  /** The pieces of text, or the call. */
  readonly of: readonly TextPiece[] | Call
}

/** A tool call, joined from its pieces. */
export interface Call {
  readonly id: string | undefined
  readonly name: string | undefined
  readonly arguments: string
  /** Whether it is called with any text, in place of JSON. */
  readonly takesText?: boolean
  /** Its first piece. */
  readonly opening: Spot
  /** Its last one. */
  readonly latest: Spot
}

/** One of the answers of the model, joined from its pieces. */
export interface Choice {
  readonly index: number
  readonly text: string
  readonly reasoning: string
  readonly refusal: string
  readonly calls: readonly Call[]
  /** In the words of chat completions; `undefined` where it was not told. */
  readonly finishReason: string | undefined
  /** Its last part. */
  readonly latest: Spot
}

/** What an answer says, as far as clients read it: to its terminator. */
export interface Reading {
  /** What it is called, where it tells. */
  readonly id: string | undefined
  /** In the order in which they came. */
  readonly pieces: readonly Piece[]
  /** What is said more than once, and means the same; `undefined` where the dialect has no such thing. */
  readonly copies?: readonly Copy[]
  readonly choices: readonly Choice[]
  /** Those of all choices. */
  readonly calls: readonly Call[]
  /** How many events are parts of a reply, whatever they say. */
  readonly parts: number
  /** Ordinal of the event that says that there is no more; `undefined` where none does. */
  readonly terminator: number | undefined
  /** What there is too much of to be joined; further ones are left out. */
  readonly excess: 'choices' | 'calls' | undefined
}

/** An event of an answer, as far as its meaning goes. */
export interface AnswerEvent {
  readonly name: string | undefined
  readonly data: string
}

/** Reads all events of an answer in some dialect. */
export type Read = (events: readonly AnswerEvent[]) => Reading
