import { type Answer, type ChatRequest, messageText, type Usage } from '../../protocol/index.ts'
import { loadTokenizer } from './tokenizer.ts'

// What the chat format adds: a frame around each message, and the opening of the reply
// (https://cookbook.openai.com/examples/how_to_count_tokens_with_tiktoken).
const TOKENS_PER_MESSAGE = 3
const TOKENS_PER_REPLY = 3

/** Counts the tokens of a request and its answers. */
export async function countUsage(request: ChatRequest, answers: readonly Answer[]): Promise<Usage> {
  const { count } = await loadTokenizer()
  const promptTokens = await countPromptTokens(request)
  const reasoningTokens = await count(answers.flatMap(({ reasoning }) => reasoning ?? []))
  const texts = answers.flatMap(({ calls, bufferWords = '', text, refusal = '' }) => [
    bufferWords,
    text,
    refusal,
    ...calls.flatMap((call) => [call.name, call.arguments]),
  ])
  const completionTokens = reasoningTokens + (await count(texts))
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    prompt_tokens_details: { cached_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: reasoningTokens },
  }
}

/** What was counted, with what is given in its place; the total stays that of both. */
export function usageWith(counted: Usage, given: Partial<Usage>): Usage {
  const usage = { ...counted, ...given }
  return {
    ...usage,
    total_tokens: given.total_tokens ?? usage.prompt_tokens + usage.completion_tokens,
    prompt_tokens_details: { ...counted.prompt_tokens_details, ...given.prompt_tokens_details },
    completion_tokens_details: {
      ...counted.completion_tokens_details,
      ...given.completion_tokens_details,
    },
  }
}

/** Counts the tokens of a request. */
export async function countPromptTokens(request: ChatRequest): Promise<number> {
  const { count } = await loadTokenizer()
  const texts = request.messages.flatMap((message) => [
    message.role,
    messageText(message),
    ...asJson(message.tool_calls),
    ...asJson(message.function_call),
  ])
  texts.push(...asJson(request.tools), ...asJson(request.functions))
  return request.messages.length * TOKENS_PER_MESSAGE + (await count(texts)) + TOKENS_PER_REPLY
}

function asJson(value: object | null | undefined): string[] {
  return value ? [JSON.stringify(value)] : []
}
