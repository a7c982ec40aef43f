import type { Json } from '../json/json.ts'
import type { WholeAnswer } from '../whole-answer.ts'
import type { ChatCompletion } from './chat-completion.ts'
import { validate } from './precompiled-completion.ts'

/** Reads a chat completion that was not streamed; `undefined` for what is none. */
export function readCompletion(json: Json | undefined): WholeAnswer | undefined {
  if (!validate(json)) return undefined
  const { id, choices } = json as unknown as ChatCompletion
  const { message, finish_reason: finishReason } = choices[0]!
  return {
    id,
    reasoning: message.reasoning_content ?? '',
    text: message.content ?? '',
    refusal: message.refusal ?? '',
    calls: (message.tool_calls ?? []).map(
      ({ id: callId, function: { name, arguments: args } }) => ({
        name,
        id: callId,
        arguments: args,
      }),
    ),
    finishReason,
  }
}
