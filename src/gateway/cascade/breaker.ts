import type { FallbackOptions } from '../gateway-options.ts'

/** Passes over an upstream that keeps failing, for a while; then one request finds out. */
export class Breaker {
  readonly #options: FallbackOptions
  #failures = 0
  #opensAt = 0

  constructor(options: FallbackOptions) {
    this.#options = options
  }

  /** Whether it may be asked; to be passed over, it must have failed several times in a row. */
  isClosed(now: number): boolean {
    return this.#failures < this.#options.failures || now >= this.#opensAt
  }

  succeeded(): void {
    this.#failures = 0
  }

  failed(now: number): void {
    this.#failures += 1
    this.#opensAt = now + this.#options.coolOffMs
  }
}
