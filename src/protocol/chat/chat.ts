import type { Dialect } from '../dialect.ts'
import { DONE } from './chat-chunk.ts'
import { readChat } from './read-chat.ts'
import { readCompletion } from './read-completion.ts'
import { readChatRequest } from './validation/read-chat-request.ts'
import { saysSomething } from './says-something.ts'
import { writeChat } from './write/write-chat.ts'

/**
 * OpenAI's chat completions, which most providers and platforms speak.
 *
 * @see https://platform.openai.com/docs/api-reference/chat
 */
export const chat = {
  id: 'chat',
  title: 'Chat completions',
  path: '/chat/completions',
  terminator: { data: DONE },
  makeRequest: (request) => request,
  inChatWords: (request) => request,
  readRequest: readChatRequest,
  readReply: readChat,
  readWhole: readCompletion,
  saysSomething,
  writeReply: writeChat,
} as const satisfies Dialect
