const MAX_REMEMBERED = 10_000

/**
 * Counts how often each request was sent. Requests do not see each other's counts, so their order
 * does not matter; nothing is counted unless someone asks.
 */
export class Attempts {
  readonly #scopes = new Map<string, Map<number, number>>()

  /** Gives what tells the number of this attempt; it counts when it is first asked. */
  counter(scope: string, print: () => number): () => number {
    let attempt: number | undefined
    return () => (attempt ??= this.#count(scope, print()))
  }

  /** Forgets the attempts of a scope, or all. */
  reset(scope?: string): void {
    if (scope === undefined) this.#scopes.clear()
    else this.#scopes.delete(scope)
  }

  #count(scope: string, print: number): number {
    let counts = this.#scopes.get(scope)
    if (!counts) this.#scopes.set(scope, (counts = new Map()))
    const count = (counts.get(print) ?? 0) + 1
    // What was sent last is remembered longest.
    counts.delete(print)
    counts.set(print, count)
    if (counts.size > MAX_REMEMBERED) counts.delete(counts.keys().next().value!)
    return count
  }
}
