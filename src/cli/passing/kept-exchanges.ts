import { redactorFor } from '../../endpoint/index.ts'
import { type Exchange, sizeOf } from '../../wire/index.ts'

const MOST_BYTES = 256 * 1024 * 1024

/** The latest exchanges without their secrets, for what is written at the end. */
export class KeptExchanges {
  readonly #most: number
  readonly #kept: Exchange[] = []
  #bytes = 0

  constructor(most: number) {
    this.#most = most
  }

  add(exchange: Exchange): void {
    this.#kept.push(redactorFor(exchange.request).exchange(exchange))
    this.#bytes += sizeOf(exchange.arrivals)
    while (this.#kept.length > this.#most || this.#bytes > MOST_BYTES) {
      const oldest = this.#kept.shift()
      if (!oldest) return
      this.#bytes -= sizeOf(oldest.arrivals)
    }
  }

  all(): readonly Exchange[] {
    return this.#kept
  }
}
