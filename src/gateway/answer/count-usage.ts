import { type ChatRequest, messageText } from '../../protocol/index.ts'
import type { ToldUsage } from '../repair/read-usage.ts'

/** What a message takes beside its text. */
const TOKENS_OF_A_MESSAGE = 4

/** Counts what a turn took, where the upstream did not tell. */
export async function countUsage(
  { messages, tools }: ChatRequest,
  said: string,
  countTokens: (text: string) => Promise<number>,
): Promise<ToldUsage> {
  const texts = messages.map(messageText).join('\n')
  const calls = messages.flatMap(({ tool_calls }) => tool_calls ?? [])
  const others = [tools ?? [], calls].map((each) => (each.length > 0 ? JSON.stringify(each) : ''))
  const asked = await countTokens([texts, ...others].join('\n'))
  return {
    prompt: asked + TOKENS_OF_A_MESSAGE * messages.length,
    completion: await countTokens(said),
    cached: undefined,
    reasoning: undefined,
  }
}
