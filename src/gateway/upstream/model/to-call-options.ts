import type { LanguageModelV4CallOptions } from '@ai-sdk/provider'
import type { ChatRequest } from '../../../protocol/index.ts'
import { UpstreamError } from '../upstream-error.ts'
import { readHistory } from './read-history.ts'
import { toPrompt } from './to-prompt.ts'
import { toProviderOptions } from './to-provider-options.ts'
import { toTools } from './to-tools.ts'
import { withoutCalls } from './without-calls.ts'

/**
 * A request to a chat model as one to a language model of the AI SDK.
 *
 * @throws UpstreamError where there is no such request.
 */
export function toCallOptions(request: ChatRequest): LanguageModelV4CallOptions {
  if ((request.n ?? 1) > 1) {
    throw new UpstreamError('refused', 'A language model gives one choice, whatever "n" says.')
  }
  const offered = toTools(request)
  const history = readHistory(request.messages)
  const { max_completion_tokens: most = null, stop } = request
  const maxOutputTokens = most ?? request.max_tokens ?? 0
  return {
    prompt: toPrompt(offered === undefined ? withoutCalls(history) : history),
    ...offered,
    ...given('temperature', request.temperature),
    ...given('topP', request.top_p),
    ...given('presencePenalty', request.presence_penalty),
    ...given('frequencyPenalty', request.frequency_penalty),
    ...given('seed', numberIn(request, 'seed')),
    // Platforms mean no limit by -1.
    ...given('maxOutputTokens', maxOutputTokens > 0 ? maxOutputTokens : undefined),
    ...given('stopSequences', typeof stop === 'string' ? [stop] : stop),
    ...given('responseFormat', formatIn(request)),
    ...given('reasoning', effortIn(request)),
    providerOptions: toProviderOptions(request),
  }
}

function given<Key extends keyof LanguageModelV4CallOptions>(
  key: Key,
  value: LanguageModelV4CallOptions[Key] | null,
): Pick<LanguageModelV4CallOptions, Key> | undefined {
  return value === undefined || value === null
    ? undefined
    : ({ [key]: value } as Pick<LanguageModelV4CallOptions, Key>)
}

function numberIn(request: ChatRequest, key: string): number | undefined {
  const value = (request as Record<string, unknown>)[key]
  return typeof value === 'number' ? value : undefined
}

function formatIn({ response_format: format }: ChatRequest) {
  if (!format || format.type === 'text') return undefined
  const { name, schema, description } = (format.json_schema ?? {}) as {
    name?: string
    schema?: object
    description?: unknown
  }
  return {
    type: 'json',
    ...(schema && { schema }),
    ...(name && { name }),
    ...(typeof description === 'string' && { description }),
  } as LanguageModelV4CallOptions['responseFormat']
}

const EFFORTS = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const

function effortIn(request: ChatRequest): (typeof EFFORTS)[number] | undefined {
  const { reasoning_effort: effort } = request as { reasoning_effort?: unknown }
  return EFFORTS.find((each) => each === effort)
}
