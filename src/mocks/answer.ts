import type { Faker } from '@faker-js/faker'
import { type ChatRequest, type FinishReason, isJsonObject, type Json } from '../protocol/index.ts'
import { chooseCalls, type PlannedCall } from './choose-calls.ts'
import { fingerprint } from './fingerprint.ts'
import { seededFaker } from './seeded-faker.ts'
import { speak } from './speak.ts'
import { synthesize } from './synthesize.ts'
import { loadTokenizer } from './tokenizer.ts'

const utf8 = new TextEncoder()

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
}

/** Thinks up the answer of one choice; the same seed and messages give the same answer. */
export async function answer(request: ChatRequest, seed: number, choice: number): Promise<Answer> {
  const faker = seededFaker(fingerprint(seed, choice, request.messages))
  const calls = chooseCalls(request, faker)
  if (calls.length > 0) return { text: '', calls, finishReason: 'tool_calls' }
  return limit(formatted(request, faker), request)
}

function formatted(request: ChatRequest, faker: Faker): string {
  const { type, json_schema: named } = request.response_format ?? {}
  if (type === 'json_schema') {
    const context = { faker, said: '', identifiers: [], ordinal: 0, hints: '' }
    const value = synthesize((named?.schema ?? {}) as Json, context)
    return JSON.stringify(isJsonObject(value) ? value : { value })
  }
  const text = speak(request, faker)
  return type === 'json_object' ? JSON.stringify({ answer: text }) : text
}

/** Keeps a text within what the request allows: `stop`, `max_tokens`. */
export async function limit(text: string, request: ChatRequest): Promise<Answer> {
  const stops = [request.stop ?? []].flat().filter(Boolean)
  const stopAt = Math.min(...stops.map((stop) => text.indexOf(stop)).filter((at) => at >= 0))
  const stopped = text.slice(0, stopAt)

  const maxTokens = request.max_completion_tokens ?? request.max_tokens ?? -1
  // A token is never shorter than a byte, so most answers need no counting.
  if (maxTokens >= 0 && utf8.encode(stopped).length > maxTokens) {
    const tokenizer = await loadTokenizer()
    if ((await tokenizer.count([stopped])) > maxTokens) {
      return { text: await tokenizer.first(stopped, maxTokens), calls: [], finishReason: 'length' }
    }
  }
  return { text: stopped, calls: [], finishReason: 'stop' }
}
