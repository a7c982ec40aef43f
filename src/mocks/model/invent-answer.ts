import type { Faker } from '@faker-js/faker'
import type { Answer, Json, Turn } from '../../protocol/index.ts'
import type { Budget } from '../effort/budget.ts'
import type { Chosen } from './choose-tools.ts'
import { limit } from '../write/limit.ts'
import { planCalls } from './plan-calls.ts'
import { seededFaker } from './seeded-faker.ts'
import { speak } from './speak.ts'
import { synthesize } from '../synthesis/synthesize.ts'

/** Where the request gives no schema. */
const ANY_OBJECT = { type: 'object', required: ['value'] }

export interface InventOptions {
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
export async function inventAnswer(
  turn: Turn,
  { seed, chosen, budget }: InventOptions,
): Promise<Answer> {
  const { request } = turn
  const faker = seededFaker(seed)
  const calls = planCalls(chosen, turn, { faker, budget })
  if (calls.length > 0) return limit({ text: '', calls, finishReason: 'tool_calls' }, request)
  const text = formatted(turn, faker, budget)
  const kept = text.slice(0, budget.take('characters', text.length))
  const finishReason = kept === text ? 'stop' : 'length'
  return limit({ text: kept, calls: [], finishReason }, request)
}

function formatted(turn: Turn, faker: Faker, budget: Budget): string {
  const { type, json_schema: named } = turn.request.response_format ?? {}
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
  const text = speak(turn, faker, budget)
  return type === 'json_object' ? JSON.stringify({ answer: text }) : text
}
