import type { ChatMessage } from '../../chat-request.ts'
import { clip, listed } from '../../../wire/index.ts'
import type { ApiError } from '../../error-reply.ts'

/** An assistant message with calls, and what has answered them so far. */
interface Turn {
  readonly unanswered: Set<string>
  /** By the id of a call, the place of the message that answered it. */
  readonly answeredAt: Map<string, number>
}

const MAX_ID = 64

/**
 * Says, as OpenAI does, where calls of tools and their results do not belong together: each call is
 * answered once, before any message of another role.
 *
 * @see https://github.com/sdcb/chats/pull/132
 * @see https://github.com/agno-agi/agno/issues/5116
 */
export function whyOutOfTurn(messages: readonly ChatMessage[]): ApiError | undefined {
  let turn: Turn | undefined
  for (const [i, message] of messages.entries()) {
    if (message.role === 'tool') {
      const error = whyNoResult(message, i, turn)
      if (error) return error
    } else {
      if (turn && turn.unanswered.size > 0) return unanswered(turn, `messages.[${i}].role`)
      turn = turnOf(message)
    }
  }
  return turn && turn.unanswered.size > 0 ? unanswered(turn, 'messages') : undefined
}

function turnOf({ role, tool_calls: calls }: ChatMessage): Turn | undefined {
  return role === 'assistant' && calls
    ? { unanswered: new Set(calls.map(({ id }) => id)), answeredAt: new Map() }
    : undefined
}

/** Notes down which call a message answers, or says why it answers none. */
function whyNoResult(
  { tool_call_id: id }: ChatMessage,
  i: number,
  turn: Turn | undefined,
): ApiError | undefined {
  const param = `messages.[${i}].tool_call_id`
  if (typeof id !== 'string') {
    return invalid(
      "Missing parameter 'tool_call_id': messages with role 'tool' must have a 'tool_call_id'.",
      param,
    )
  }
  if (!turn) {
    return invalid(
      "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.",
      `messages.[${i}].role`,
    )
  }
  const before = turn.answeredAt.get(id)
  if (before !== undefined) {
    return invalid(
      `Invalid parameter: Duplicate value for 'tool_call_id' of '${clip(id, MAX_ID)}', in messages[${before}] and messages[${i}].`,
      param,
    )
  }
  if (!turn.unanswered.delete(id)) {
    return invalid(
      `Invalid parameter: 'tool_call_id' of '${clip(id, MAX_ID)}' not found in 'tool_calls' of previous message.`,
      param,
    )
  }
  turn.answeredAt.set(id, i)
  return undefined
}

function unanswered({ unanswered: ids }: Turn, param: string): ApiError {
  const shown = listed(Array.from(ids, (id) => clip(id, MAX_ID)))
  return invalid(
    `An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: ${shown}`,
    param,
  )
}

function invalid(message: string, param: string): ApiError {
  return { status: 400, message, param }
}
