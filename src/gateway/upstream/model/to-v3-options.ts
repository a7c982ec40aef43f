import type {
  LanguageModelV3CallOptions,
  LanguageModelV3Message,
  LanguageModelV4CallOptions,
  LanguageModelV4Message,
} from '@ai-sdk/provider'
import type { UserPart } from './history.ts'

/** The same options by the specification before; it has no word for how much to reason. */
export function toV3Options({
  prompt,
  reasoning: _,
  ...others
}: LanguageModelV4CallOptions): LanguageModelV3CallOptions {
  return { ...others, prompt: prompt.map((message) => toV3Message(message)) }
}

function toV3Message(message: LanguageModelV4Message): LanguageModelV3Message {
  // Only files are written in another way, and only users show any here.
  return message.role === 'user'
    ? { ...message, content: message.content.map((part) => toV3Part(part as UserPart)) }
    : (message as LanguageModelV3Message)
}

function toV3Part(part: UserPart) {
  if (part.type === 'text') return part
  return { ...part, data: part.data.type === 'url' ? part.data.url : part.data.data }
}
