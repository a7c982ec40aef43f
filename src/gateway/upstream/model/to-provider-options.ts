import type { LanguageModelV4CallOptions } from '@ai-sdk/provider'
import type { ChatRequest } from '../../../protocol/index.ts'

type ProviderOptions = NonNullable<LanguageModelV4CallOptions['providerOptions']>

/** What a request says that each provider has its own word for; each reads its own. */
export function toProviderOptions(request: ChatRequest): ProviderOptions {
  const {
    parallel_tool_calls: parallel,
    response_format: format,
    user,
  } = request as ChatRequest & {
    user?: unknown
  }
  // OpenAI refuses it where there are no tools.
  const isAsked = typeof parallel === 'boolean' && (request.tools ?? []).length > 0
  const parallelToolCalls = isAsked ? { parallelToolCalls: parallel } : {}
  // Chat completions are strict when asked; the packages, unless asked not to be.
  const strictJsonSchema = { strictJsonSchema: format?.json_schema?.strict ?? false }
  const by = typeof user === 'string' ? user : undefined
  return {
    // Chat completions are not kept; responses are, unless asked not to be.
    openai: { store: false, ...parallelToolCalls, ...strictJsonSchema, ...(by && { user: by }) },
    anthropic: {
      ...(isAsked && !parallel && { disableParallelToolUse: true }),
      ...(by && { metadata: { userId: by } }),
    },
    groq: { ...parallelToolCalls, ...strictJsonSchema, ...(by && { user: by }) },
    mistral: { ...parallelToolCalls, ...strictJsonSchema },
  }
}
