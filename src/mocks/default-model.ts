import type { ChatRequest } from '../protocol/index.ts'
import type { Reply } from '../wire/index.ts'
import { answer } from './answer.ts'
import { completeAnswers } from './complete-answers.ts'
import { countUsage } from './count-usage.ts'
import { identify } from './identity.ts'
import { streamAnswers } from './stream-answers.ts'

/** Something that answers chat completion requests: a valid request in, an answer as data out. */
export type Model = (request: ChatRequest) => Promise<Reply>

export interface DefaultModelOptions {
  /** Other seeds give other words, ids and times. */
  readonly seed?: number
}

/**
 * Makes the default model: speakable, obedient to the whole contract, and deterministic; the same
 * seed and request give the same bytes, whenever and in whatever order they come.
 */
export function defaultModel({ seed = 0 }: DefaultModelOptions = {}): Model {
  return async (request) => {
    const choices = Array.from({ length: request.n ?? 1 }, (_, choice) => choice)
    const answers = await Promise.all(choices.map((choice) => answer(request, seed, choice)))
    const identity = identify(request, seed)
    if (!request.stream)
      return completeAnswers(answers, identity, await countUsage(request, answers))
    const wanted = request.stream_options?.include_usage ?? false
    return streamAnswers(answers, identity, wanted ? await countUsage(request, answers) : undefined)
  }
}
