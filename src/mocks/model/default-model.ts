import { Turn } from '../../protocol/index.ts'
import { Budget } from '../effort/budget.ts'
import { choiceSeeds } from './choice-seeds.ts'
import { chooseTools } from './choose-tools.ts'
import { deliver } from '../write/deliver.ts'
import { type Model, NOWHERE } from '../model.ts'
import type { Pacing } from '../pacing/pacing.ts'
import { pause } from '../../wire/index.ts'
import { refusingExcess } from '../refusing-excess.ts'

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
  return refusingExcess(async (request, context = NOWHERE) => {
    await pause()
    const seedOf = choiceSeeds(seed, request.messages)
    const turn = new Turn(request)
    const chosen = chooseTools(turn)
    const budget = new Budget()
    // Words and values made up take long to load, and most scenarios leave nothing to make up.
    const { inventAnswer } = await import('./invent-answer.ts')
    const answers = []
    for (let choice = 0; choice < (request.n ?? 1); choice++) {
      answers.push(await inventAnswer(turn, { seed: seedOf(choice), chosen, budget }))
      await pause()
    }
    return deliver(request, answers, { ...context, seed, pacing, budget })
  })
}
