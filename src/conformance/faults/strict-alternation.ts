import { isJsonObject } from '../../protocol/index.ts'
import { refuseWhen } from './refuse-when.ts'

/** An endpoint whose model takes turns only: the user first, then one after the other. */
export const strictAlternation = refuseWhen(({ messages }) => {
  const turns = (Array.isArray(messages) ? messages.filter(isJsonObject) : [])
    .map(({ role }) => role)
    .filter((role) => role === 'user' || role === 'assistant')
  return turns.some((role, i) => role === (i === 0 ? 'assistant' : turns[i - 1]))
}, 'Conversation roles must alternate user/assistant/user/assistant/...')
