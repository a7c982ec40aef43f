import { Recent } from '../../../wire/index.ts'

const MAX_REMEMBERED = 100_000

/**
 * Counts how often each request was sent. Requests do not see each other's counts, so their order
 * does not matter; nothing is counted unless someone asks. What was sent last is remembered longest.
 */
export class Attempts {
  /** By scope and request. */
  readonly #counts = new Recent<string, number>(MAX_REMEMBERED)

  /** Gives what tells the number of this attempt; it counts when it is first asked. */
  counter(scope: string, print: () => number): () => number {
    let attempt: number | undefined
    return () => (attempt ??= this.#count(`${print()} ${scope}`))
  }

  /** Forgets the attempts of a scope, or all. */
  reset(scope?: string): void {
    if (scope === undefined) return this.#counts.clear()
    for (const key of this.#counts.keys()) {
      if (key.slice(key.indexOf(' ') + 1) === scope) this.#counts.delete(key)
    }
  }

  #count(key: string): number {
    const count = (this.#counts.get(key) ?? 0) + 1
    this.#counts.set(key, count)
    return count
  }
}
