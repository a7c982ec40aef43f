import { clip } from '../../../wire/index.ts'
import type { ChatMessage } from '../../chat-request.ts'
import type { ApiError } from '../../error-reply.ts'

const MAX_ID = 64

/** Says, as OpenAI does, which result of a tool answers no call, and which call has no result. */
export function whyUnmatched(messages: readonly ChatMessage[]): ApiError | undefined {
  const open = new Set<string>()
  const called = new Set<string>()
  for (const message of messages) {
    for (const { id } of message.tool_calls ?? []) {
      open.add(id)
      called.add(id)
    }
    if (message.role !== 'tool') continue
    const id = message.tool_call_id ?? ''
    if (!called.has(id)) {
      return refused(
        `No tool call found for function call output with call_id ${clip(id, MAX_ID)}.`,
      )
    }
    open.delete(id)
  }
  const [unanswered] = open
  return unanswered === undefined
    ? undefined
    : refused(`No tool output found for function call ${clip(unanswered, MAX_ID)}.`)
}

function refused(message: string): ApiError {
  return { status: 400, message, param: 'input' }
}
