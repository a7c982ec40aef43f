/** A place in a body: byte offsets, the end excluded. */
export type Span = readonly [start: number, end: number]

/** Where something stands, and when its last byte arrived; `null` where no clock ran. */
export interface Place {
  readonly bytes: Span
  readonly atMs: number | null
}

/** A server-sent event that a standard parser dispatches; it lasts to the blank line that closes it. */
export interface SseEvent extends Place {
  /** Its ordinal among the events of the stream, from 0. */
  readonly index: number
  /** The `data` fields, joined with LF. */
  readonly data: string
  /** The `event` field. */
  readonly name: string | undefined
  /** How many `data` fields were joined. */
  readonly dataLines: number
}

/** A line that carries no data. A line without a colon is a field with an empty value. */
export type LineFact =
  | { readonly kind: 'comment'; readonly text: string }
  | { readonly kind: 'field'; readonly name: 'id' | 'retry'; readonly value: string }
  | { readonly kind: 'unknown-field'; readonly name: string; readonly line: string }

/**
 * Something about the framing that a standard parser accepts, repairs or drops in silence.
 *
 * - `bom`: the byte order mark that may open a stream. A second one is part of the first field.
 * - `invalid-utf8`: a line that is not UTF-8; a parser puts U+FFFD for what it cannot read.
 * - `no-data`: a block that names an event, or has an id or a retry alone, and no data; a parser drops
 *   it, but some do not.
 * - `unterminated`: lines at the end of the body without their blank line; a parser drops them.
 */
export type FramingFact = Place &
  (
    | LineFact
    | { readonly kind: 'bom' }
    | { readonly kind: 'invalid-utf8' }
    | { readonly kind: 'no-data'; readonly name: string | undefined }
    | { readonly kind: 'unterminated'; readonly text: string; readonly dataLines: number }
  )

export interface SseStream {
  readonly events: readonly SseEvent[]
  readonly facts: readonly FramingFact[]
}
