import { type ChatRequest, messageText, type Usage } from '../protocol/index.ts'
import type { Answer } from './answer.ts'
import { loadTokenizer } from './tokenizer.ts'

// What the chat format adds: a frame around each message, and the opening of the reply
// (https://cookbook.openai.com/examples/how_to_count_tokens_with_tiktoken).
const TOKENS_PER_MESSAGE = 3
const TOKENS_PER_REPLY = 3

/** Counts the tokens of a request and its answers. */
export async function countUsage(request: ChatRequest, answers: readonly Answer[]): Promise<Usage> {
  const { count } = await loadTokenizer()
  const promptTokens = await countPromptTokens(request)
  const texts = answers.flatMap(
    ({ calls, bufferWords = '', reasoning = '', text, refusal = '' }) => [
      bufferWords,
      reasoning,
      text,
      refusal,
      ...calls.flatMap((call) => [call.name, call.arguments]),
    ],
  )
  const completionTokens = await count(texts)
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
  }
}

/** Counts the tokens of a request. */
export async function countPromptTokens(request: ChatRequest): Promise<number> {
  const { count } = await loadTokenizer()
  const texts = request.messages.flatMap((message) => [
    message.role,
    messageText(message),
    ...(message.tool_calls ? [JSON.stringify(message.tool_calls)] : []),
  ])
  if (request.tools) texts.push(JSON.stringify(request.tools))
  return request.messages.length * TOKENS_PER_MESSAGE + (await count(texts)) + TOKENS_PER_REPLY
}
