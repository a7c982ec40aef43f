import type { LanguageModelV4Usage } from '@ai-sdk/provider'
import type { JsonObject } from '../../../protocol/index.ts'

/** Tokens as chat completions count them; nothing where the model did not tell how many there were. */
export function toUsage({
  inputTokens,
  outputTokens,
}: LanguageModelV4Usage): JsonObject | undefined {
  const { total: asked, cacheRead } = inputTokens
  const { total: said, reasoning } = outputTokens
  if (asked === undefined || said === undefined) return undefined
  return {
    prompt_tokens: asked,
    completion_tokens: said,
    total_tokens: asked + said,
    ...(cacheRead !== undefined && { prompt_tokens_details: { cached_tokens: cacheRead } }),
    ...(reasoning !== undefined && { completion_tokens_details: { reasoning_tokens: reasoning } }),
  }
}
