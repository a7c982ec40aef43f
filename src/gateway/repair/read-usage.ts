import { isJsonObject, type Json, type JsonObject } from '../../protocol/index.ts'

/** Tokens of an answer, as an upstream told them. */
export interface ToldUsage {
  readonly prompt: number
  readonly completion: number
  readonly cached: number | undefined
  readonly reasoning: number | undefined
}

/** Reads the `usage` of a chunk; `undefined` where it tells none. */
export function readUsage(usage: Json | undefined): ToldUsage | undefined {
  if (!isJsonObject(usage)) return undefined
  const prompt = countIn(usage, 'prompt_tokens')
  const completion = countIn(usage, 'completion_tokens')
  if (prompt === undefined || completion === undefined) return undefined
  return {
    prompt,
    completion,
    cached: countIn(usage['prompt_tokens_details'], 'cached_tokens'),
    reasoning: countIn(usage['completion_tokens_details'], 'reasoning_tokens'),
  }
}

/** Writes it as OpenAI does; what else the upstream told of its tokens stays. */
export function writeUsage(usage: ToldUsage, told: JsonObject = {}): JsonObject {
  const { prompt, completion, cached, reasoning } = usage
  return {
    ...told,
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    ...(cached !== undefined && {
      prompt_tokens_details: { ...objectAt(told, 'prompt_tokens_details'), cached_tokens: cached },
    }),
    ...(reasoning !== undefined && {
      completion_tokens_details: {
        ...objectAt(told, 'completion_tokens_details'),
        reasoning_tokens: reasoning,
      },
    }),
  }
}

function objectAt(object: JsonObject, key: string): JsonObject {
  const value = object[key]
  return isJsonObject(value) ? value : {}
}

function countIn(object: Json | undefined, key: string): number | undefined {
  const value = isJsonObject(object) ? object[key] : undefined
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined
}
