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
  const completion = answers.map(({ calls, ...said }) =>
    calls.reduce(
      (tokens, call) => tokens + count(call.name) + count(call.arguments),
      [said.bufferWords, said.reasoning, said.text, said.refusal].reduce(
        (tokens, text) => tokens + count(text ?? ''),
        0,
      ),
    ),
  )
  return {
    prompt_tokens: promptTokens,
    completion_tokens: sum(completion),
    total_tokens: promptTokens + sum(completion),
  }
}

/** Counts the tokens of a request. */
export async function countPromptTokens(request: ChatRequest): Promise<number> {
  const { count } = await loadTokenizer()
  const prompt = request.messages.map(
    (message) =>
      TOKENS_PER_MESSAGE +
      count(message.role) +
      count(messageText(message)) +
      (message.tool_calls ? count(JSON.stringify(message.tool_calls)) : 0),
  )
  const tools = request.tools ? count(JSON.stringify(request.tools)) : 0
  return sum(prompt) + tools + TOKENS_PER_REPLY
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
