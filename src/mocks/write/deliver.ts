import {
  type Answer,
  type ChatRequest,
  completeAnswers,
  fingerprint,
  identify,
  type Identity,
  type Schedule,
  streamAnswers,
  type Usage,
} from '../../protocol/index.ts'
import { pause, type Reply } from '../../wire/index.ts'
import type { Budget } from '../effort/budget.ts'
import { countPromptTokens, countUsage, usageWith } from './count-usage.ts'
import { inFormAsked } from './in-form-asked.ts'
import { dueTimes } from '../pacing/due-times.ts'
import type { Pacing } from '../pacing/pacing.ts'
import { score } from './score.ts'

export interface Delivery {
  readonly seed: number
  readonly budget: Budget
  readonly pacing?: Pacing | undefined
  /** Other answers under way. */
  readonly others?: number | undefined
  /** Replaces what the tokenizer counts. */
  readonly usage?: Partial<Usage> | undefined
}

/**
 * Writes answers, one for each choice, in the form and at the pace that is wanted.
 *
 * @throws BudgetError for more probabilities than the budget has left.
 */
export async function deliver(
  request: ChatRequest,
  thought: readonly Answer[],
  delivery: Delivery,
): Promise<Reply> {
  await pause()
  const identity = identify(request, delivery.seed)
  const answers: Answer[] = []
  for (const [choice, answer] of thought.entries()) {
    const seed = fingerprint(identity.print, choice)
    answers.push(
      await score(inFormAsked(answer, request), request, { seed, budget: delivery.budget }),
    )
  }
  await pause()
  const schedule = await scheduleOf(request, identity, delivery)
  const usage = async () => usageWith(await countUsage(request, answers), delivery.usage ?? {})
  if (!request.stream) return completeAnswers(answers, identity, await usage(), schedule)
  const wanted = request.stream_options?.include_usage ?? false
  return streamAnswers(answers, identity, wanted ? await usage() : undefined, schedule)
}

async function scheduleOf(
  request: ChatRequest,
  { print }: Identity,
  { pacing, others = 0 }: Delivery,
): Promise<Schedule | undefined> {
  if (pacing === undefined) return undefined
  const promptTokens = pacing.prefill ? await countPromptTokens(request) : 0
  return (tokens) => dueTimes(tokens, pacing, { seed: print, promptTokens, others })
}
