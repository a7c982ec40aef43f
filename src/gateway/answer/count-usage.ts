import { type ChatRequest, messageText } from '../../protocol/index.ts'
import type { ToldUsage } from '../repair/read-usage.ts'

/** What a message takes beside its text. */
const TOKENS_OF_A_MESSAGE = 4

/** What a model wrote of an answer. */
export interface Written {
  /** Texts and calls. */
  readonly text: string
  /** Whether it was sent on or not. */
  readonly reasoning: string
}

/** Counts what a turn took, where the upstream did not tell. */
export async function countUsage(
  { messages, tools }: ChatRequest,
  { text, reasoning }: Written,
  countTokens: (text: string) => Promise<number>,
): Promise<ToldUsage> {
  const texts = messages.map(messageText).join('\n')
  const calls = messages.flatMap(({ tool_calls }) => tool_calls ?? [])
  const others = [tools ?? [], calls].map((each) => (each.length > 0 ? JSON.stringify(each) : ''))
  const thought = reasoning === '' ? undefined : await countTokens(reasoning)
  const asked = await countTokens([texts, ...others].join('\n'))
  return {
    prompt: asked + TOKENS_OF_A_MESSAGE * messages.length,
    completion: (await countTokens(text)) + (thought ?? 0),
    cached: undefined,
    reasoning: thought,
  }
}
