/** What happens on the side of the reader. */
export interface HandOverEvents {
  /** The reader waits, and nothing is there. */
  readonly onWanted: () => void
  /** The reader wants nothing more. */
  readonly onLeft: () => void
}

type Reader<Value> = PromiseWithResolvers<IteratorResult<Value, undefined>>

/** Hands values over to a reader who asks for them one at a time; what comes unasked waits. */
export class HandOver<Value> implements AsyncIterableIterator<Value> {
  readonly #events: HandOverEvents
  readonly #waiting: Value[] = []
  #reader: Reader<Value> | undefined
  #ended: { readonly error?: Error } | undefined

  constructor(events: HandOverEvents) {
    this.#events = events
  }

  /** Gives a value; tells whether the reader took it at once. */
  put(value: Value): boolean {
    if (this.#ended) return true
    const reader = this.#takeReader()
    if (reader) reader.resolve({ done: false, value })
    else this.#waiting.push(value)
    return reader !== undefined
  }

  /** Ends what is handed over, behind what waits; by an error, where there is one. */
  end(error?: Error): void {
    if (this.#ended) return
    this.#ended = error ? { error } : {}
    const reader = this.#takeReader()
    if (error) reader?.reject(error)
    else reader?.resolve({ done: true, value: undefined })
  }

  next(): Promise<IteratorResult<Value, undefined>> {
    const reader = Promise.withResolvers<IteratorResult<Value, undefined>>()
    if (this.#waiting.length > 0) reader.resolve({ done: false, value: this.#waiting.shift()! })
    else if (this.#ended?.error) reader.reject(this.#ended.error)
    else if (this.#ended) reader.resolve({ done: true, value: undefined })
    else {
      this.#reader = reader
      // It may come at once.
      this.#events.onWanted()
    }
    return reader.promise
  }

  /** Never waits, as the `return` of a generator would that is at work. */
  async return(): Promise<IteratorResult<Value, undefined>> {
    this.#waiting.length = 0
    this.end()
    this.#events.onLeft()
    return { done: true, value: undefined }
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  #takeReader(): Reader<Value> | undefined {
    const reader = this.#reader
    this.#reader = undefined
    return reader
  }
}
