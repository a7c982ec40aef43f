import type { Keeper, Kept } from '../protocol/index.ts'

/** An answer, and the body of the request that it was given to. */
export interface KeptAnswer {
  readonly kept: Kept
  readonly body: string
  /** In characters, with what was said before it. */
  readonly size: number
}

/** Those of a scope. */
export interface KeptInScope extends Keeper {
  readonly find: (id: string) => KeptAnswer | undefined
  /** The answer that says an item. */
  readonly findItem: (id: string) => KeptAnswer | undefined
}

const MAX_ANSWERS = 10_000
const MAX_CHARACTERS = 64 * 1024 * 1024

/** The answers that may be asked for again, by scope: the latest, within a bound. */
export class KeptAnswers {
  readonly #answers = new Map<string, KeptAnswer>()
  /** By item, the answer that says it. */
  readonly #items = new Map<string, KeptAnswer>()
  #characters = 0

  add(scope: string, answer: KeptAnswer): void {
    const key = keyOf(scope, answer.kept.id)
    if (this.#answers.get(key) === answer) return
    this.#drop(key)
    this.#answers.set(key, answer)
    for (const id of answer.kept.itemIds) this.#items.set(keyOf(scope, id), answer)
    this.#characters += answer.size
    while (this.#answers.size > MAX_ANSWERS || this.#characters > MAX_CHARACTERS) {
      this.#drop(this.#answers.keys().next().value!)
    }
  }

  in(scope: string): KeptInScope {
    return {
      find: (id) => this.#answers.get(keyOf(scope, id)),
      findItem: (id) => this.#items.get(keyOf(scope, id)),
      delete: (id) => this.#drop(keyOf(scope, id)),
    }
  }

  /** Forgets those of a scope, or all. */
  reset(scope?: string): void {
    for (const key of this.#answers.keys()) {
      if (scope === undefined || key.startsWith(keyOf(scope, ''))) this.#drop(key)
    }
  }

  #drop(key: string): void {
    const answer = this.#answers.get(key)
    if (!answer) return
    const { kept, size } = answer
    this.#answers.delete(key)
    this.#characters -= size
    const scope = key.slice(0, -kept.id.length)
    for (const id of kept.itemIds) {
      if (this.#items.get(scope + id) === answer) this.#items.delete(scope + id)
    }
  }
}

/** No header, so no scope, holds a line break. */
function keyOf(scope: string, id: string): string {
  return `${scope}\n${id}`
}
