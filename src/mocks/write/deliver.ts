import {
  type Answer,
  type ChatRequest,
  type Dialect,
  type Failure,
  fingerprint,
  type Kept,
  type Schedule,
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
  readonly dialect: Dialect
  readonly seed: number
  readonly budget: Budget
  readonly pacing?: Pacing | undefined
  /** Other answers under way. */
  readonly others: number
  /** Replaces what the tokenizer counts. */
  readonly usage?: Partial<Usage> | undefined
  /** What breaks them off. */
  readonly failure?: Failure | undefined
  readonly keep?: ((kept: Kept) => void) | undefined
}

/**
 * Writes answers, one for each choice, in the dialect, in the form and at the pace that is wanted.
 *
 * @throws BudgetError for more probabilities than the budget has left.
 */
export async function deliver(
  request: ChatRequest,
  thought: readonly Answer[],
  delivery: Delivery,
): Promise<Reply> {
  await pause()
  const { dialect, seed, budget, pacing, others, failure, keep } = delivery
  const print = printOf(request, seed)
  const answers: Answer[] = []
  for (const [choice, answer] of thought.entries()) {
    const scoring = { seed: fingerprint(print, choice), budget }
    answers.push(await score(inFormAsked(answer, request), request, scoring))
  }
  await pause()
  const schedule = pacing && (await scheduleOf(request, print, pacing, others))
  const usage = async () => usageWith(await countUsage(request, answers), delivery.usage ?? {})
  return dialect.writeReply(answers, { request, print, seed, usage, schedule, failure, keep })
}

/** Holds back a reply without tokens for as long as the first one of an answer would take. */
export async function holdBack(
  reply: Reply,
  request: ChatRequest,
  { seed, pacing, others }: Pick<Delivery, 'seed' | 'pacing' | 'others'>,
): Promise<Reply> {
  if (pacing === undefined) return reply
  const schedule = await scheduleOf(request, printOf(request, seed), pacing, others)
  const [atMs = 0] = schedule(0)
  return { ...reply, headersAtMs: atMs, frames: reply.frames.map((frame) => ({ ...frame, atMs })) }
}

/** The same question has the same answer, streamed or not. */
function printOf(request: ChatRequest, seed: number): number {
  const { stream: _, stream_options: __, ...asked } = request
  return fingerprint(seed, asked)
}

async function scheduleOf(
  request: ChatRequest,
  print: number,
  pacing: Pacing,
  others: number,
): Promise<Schedule> {
  const promptTokens = pacing.prefill ? await countPromptTokens(request) : 0
  return (tokens) => dueTimes(tokens, pacing, { seed: print, promptTokens, others })
}
