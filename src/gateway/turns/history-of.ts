import {
  type ChatMessage,
  type ChatRequest,
  isInstruction,
  messageText,
} from '../../protocol/index.ts'

/** As long a history is no other caller's. */
const LEAST_CHARACTERS = 80
const LEAST_TURNS = 3

/**
 * Whether two requests are turns of one conversation: all that was said before the last word of the
 * caller is the same, or one history begins with the other, and it is long enough to be no chance.
 */
export function areOneConversation(one: ChatRequest, other: ChatRequest): boolean {
  const [short, long] = [historyOf(one), historyOf(other)].toSorted((a, b) => a.length - b.length)
  if (!short || !long || short.length < LEAST_TURNS) return false
  const text = short.join('')
  return text.length >= LEAST_CHARACTERS && short.every((turn, i) => turn === long[i])
}

/** What was said, without the instructions and the last word of the caller, which may be revised. */
function historyOf({ messages }: ChatRequest): string[] {
  const last = messages.at(-1)?.role === 'user' ? messages.length - 1 : messages.length
  return messages
    .slice(0, last)
    .filter(isSpoken)
    .map((each) => `${each.role}: ${messageText(each)}`)
}

function isSpoken(message: ChatMessage): boolean {
  return !isInstruction(message)
}
