import type { Faker } from '@faker-js/faker'
import type { ChatRequest, FinishReason, Json } from '../../protocol/index.ts'
import type { Budget } from '../effort/budget.ts'
import type { Chosen } from './choose-tools.ts'
import { limit } from '../write/limit.ts'
import { planCalls, type PlannedCall } from './plan-calls.ts'
import { seededFaker } from './seeded-faker.ts'
import { speak } from './speak.ts'
import type { ScoredPiece } from '../write/token-logprobs.ts'
import { synthesize } from '../synthesis/synthesize.ts'

/** Where the request gives no schema. */
const ANY_OBJECT = { type: 'object', required: ['value'] }

/** What the model has to say in one choice: words or calls, and why it stopped. */
export interface Answer {
  readonly text: string
  readonly calls: readonly PlannedCall[]
  readonly finishReason: FinishReason
  readonly reasoning?: string
  readonly refusal?: string
  /** Said at once, while the rest is waited for. */
  readonly bufferWords?: string
  /** Sends the fragments of parallel calls in turn. */
  readonly interleave?: boolean
  /** What is said, with the probabilities of its tokens. */
  readonly scored?: Readonly<Record<'bufferWords' | 'text' | 'refusal', readonly ScoredPiece[]>>
}

export interface AnswerOptions {
  /** That of the choice. */
  readonly seed: number
  /** Tools to call. */
  readonly chosen: Chosen
  readonly budget: Budget
}

/**
 * Thinks up the answer of one choice; the same seed and request give the same answer.
 *
 * @throws BudgetError for a schema that asks for more than the budget has left.
 */
export async function answer(
  request: ChatRequest,
  { seed, chosen, budget }: AnswerOptions,
): Promise<Answer> {
  const faker = seededFaker(seed)
  const calls = planCalls(chosen, request, { faker, budget })
  if (calls.length > 0) return limit({ text: '', calls, finishReason: 'tool_calls' }, request)
  const text = formatted(request, faker, budget)
  const kept = text.slice(0, budget.take('characters', text.length))
  const finishReason = kept === text ? 'stop' : 'length'
  return limit({ text: kept, calls: [], finishReason }, request)
}

function formatted(request: ChatRequest, faker: Faker, budget: Budget): string {
  const { type, json_schema: named } = request.response_format ?? {}
  if (type === 'json_schema') {
    const value = synthesize((named?.schema ?? ANY_OBJECT) as Json, {
      faker,
      said: '',
      identifiers: [],
      ordinal: 0,
      phoneNumber: () => undefined,
      budget,
      at: 'response_format.json_schema.schema',
    })
    return JSON.stringify(value)
  }
  const text = speak(request, faker, budget)
  return type === 'json_object' ? JSON.stringify({ answer: text }) : text
}
