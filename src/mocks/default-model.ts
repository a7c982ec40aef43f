import { answer } from './answer.ts'
import { deliver } from './deliver.ts'
import type { Model } from './model.ts'
import type { Pacing } from './pacing/pacing.ts'

export interface DefaultModelOptions {
  /** Other seeds give other words, ids and times. */
  readonly seed?: number
  /** How fast it answers; at once, when absent. */
  readonly pacing?: Pacing
}

/**
 * Makes the default model: speakable, obedient to the whole contract, and deterministic; the same
 * seed and request give the same bytes, whenever and in whatever order they come.
 */
export function defaultModel({ seed = 0, pacing }: DefaultModelOptions = {}): Model {
  return async (request, context) => {
    const choices = Array.from({ length: request.n ?? 1 }, (_, choice) => choice)
    const answers = await Promise.all(choices.map((choice) => answer(request, seed, choice)))
    return deliver(request, answers, { seed, pacing, others: context?.others })
  }
}
