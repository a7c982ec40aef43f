import type { Answer, ChatRequest } from '../../protocol/index.ts'
import type { Budget } from '../effort/budget.ts'
import { seededRandom } from '../pacing/draw.ts'
import { tokenLogprobs } from './token-logprobs.ts'

export interface ScoreAnswerOptions {
  /** That of the choice. */
  readonly seed: number
  readonly budget: Budget
}

/**
 * An answer with the probabilities of what it says, where the request asks for them. Reasoning and
 * calls have none.
 *
 * @throws BudgetError for more than the budget has left.
 */
export async function score(
  answer: Answer,
  { logprobs, top_logprobs: top }: ChatRequest,
  { seed, budget }: ScoreAnswerOptions,
): Promise<Answer> {
  const { bufferWords = '', text, refusal = '', calls } = answer
  const isSilent = calls.length > 0 && bufferWords + text + refusal === ''
  if (!logprobs || isSilent) return answer
  const options = { top: top ?? 0, random: seededRandom(seed), budget }
  return {
    ...answer,
    scored: {
      bufferWords: await tokenLogprobs(bufferWords, options),
      text: await tokenLogprobs(text, options),
      refusal: await tokenLogprobs(refusal, options),
    },
  }
}
