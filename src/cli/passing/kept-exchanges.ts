import { redactorFor } from '../../endpoint/index.ts'
import { BOUNDS, type Exchange, memoryOf } from '../../wire/index.ts'

/** The latest exchanges without their secrets, for what is written at the end. */
export class KeptExchanges {
  readonly #most: number
  readonly #mostBytes: number
  readonly #kept: Exchange[] = []
  #bytes = 0
  #left = 0

  constructor(most: number, mostBytes: number = BOUNDS.tap.archive) {
    this.#most = most
    this.#mostBytes = mostBytes
  }

  add(exchange: Exchange): void {
    const redacted = redactorFor(exchange.request).exchange(exchange)
    this.#kept.push(redacted)
    this.#bytes += memoryOf(redacted)
    while (this.#kept.length > this.#most || this.#bytes > this.#mostBytes) {
      this.#bytes -= memoryOf(this.#kept.shift()!)
      this.#left++
    }
  }

  /** How many have made room for later ones. */
  get left(): number {
    return this.#left
  }

  all(): readonly Exchange[] {
    return this.#kept
  }
}
