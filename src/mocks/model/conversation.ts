import { type ChatMessage, type ChatRequest, messageText } from '../../protocol/index.ts'

/** A caller says less; what follows is not listened to. */
const MAX_SAID = 4_000

/** What the model looks at in a request: who spoke last, and what the caller said. */
export interface Conversation {
  readonly last: ChatMessage
  /** The caller's last words; `undefined` when only others have spoken. */
  readonly said: string | undefined
  /** Results of tools that came in since the caller last spoke. */
  readonly toolResults: readonly string[]
}

export function readConversation({ messages }: ChatRequest): Conversation {
  const lastUser = messages.findLastIndex((message) => message.role === 'user')
  const user = messages[lastUser]
  return {
    last: messages.at(-1)!,
    said: user && messageText(user).slice(0, MAX_SAID),
    toolResults: messages
      .slice(lastUser + 1)
      .filter(isResult)
      .map(messageText),
  }
}

/** What a tool found; before there were tools, a function. */
export function isResult({ role }: ChatMessage): boolean {
  return role === 'tool' || role === 'function'
}
