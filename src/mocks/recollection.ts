import type { JsonObject, Recall } from '../protocol/index.ts'
import type { KeptAnswers, KeptInScope } from './kept-answers.ts'

/** What one request names of what was said before. */
export class Recollection implements Recall {
  readonly #kept: KeptInScope
  /** Whether it names anything, be it kept or not. */
  isAsked = false
  /** How long what was found is, in characters. */
  size = 0

  constructor(kept: KeptAnswers, scope: string) {
    this.#kept = kept.in(scope)
  }

  messages(answerId: string): readonly JsonObject[] | undefined {
    this.isAsked = true
    const found = this.#kept.find(answerId)
    this.size += found?.size ?? 0
    return found?.kept.messages()
  }

  item(itemId: string): JsonObject | undefined {
    this.isAsked = true
    return this.#kept.findItem(itemId)?.kept.item(itemId)
  }
}
