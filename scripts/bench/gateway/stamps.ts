/** What a caller heard of one answer, in milliseconds. */
export interface Heard {
  /** How much later the first word came than the upstream took to say it. */
  readonly firstMs: number
  /** For each later word: how much longer the silence before it was than the upstream's own. */
  readonly gapsMs: readonly number[]
}

interface Word {
  readonly saidAt: number
  readonly heardAt: number
}

// Gateways may leave out the space with which an answer begins.
const WORD = /"content":" ?(?:([\d.]+)>)?([\d.]+)"/g

/** Reads an answer whose words are times. */
export class Stamps {
  readonly #sentAt: number
  readonly #words: Word[] = []
  #askedAt = NaN
  #rest = ''

  constructor(sentAt: number) {
    this.#sentAt = sentAt
  }

  feed(bytes: Buffer, heardAt: number): void {
    const text = this.#rest + bytes.toString('latin1')
    let read = 0
    for (const match of text.matchAll(WORD)) {
      const [whole, askedAt, saidAt] = match
      if (askedAt !== undefined) this.#askedAt = Number(askedAt)
      this.#words.push({ saidAt: Number(saidAt), heardAt })
      read = match.index + whole.length
    }
    // Half an event.
    const half = text.lastIndexOf('"content"')
    this.#rest = half >= read ? text.slice(half) : text.slice(Math.max(read, text.length - 10))
  }

  /** @throws where not so many words came. */
  heard(words: number): Heard {
    if (this.#words.length !== words) {
      throw new Error(`${this.#words.length} of ${words} words came; last: ${this.#rest}`)
    }
    const [first, ...later] = this.#words
    const { heardAt, saidAt } = first!
    return {
      firstMs: heardAt - this.#sentAt - (saidAt - this.#askedAt),
      gapsMs: later.map((word, i) => {
        const before = this.#words[i]!
        return word.heardAt - before.heardAt - (word.saidAt - before.saidAt)
      }),
    }
  }
}
