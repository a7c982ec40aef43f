import type { ChatCompletion, Usage } from '../protocol/index.ts'
import { jsonReply, type Reply } from '../wire/index.ts'
import type { Answer } from './answer.ts'
import type { Identity } from './identity.ts'

/** Writes answers as one JSON completion. */
export function completeAnswers(
  answers: readonly Answer[],
  identity: Identity,
  usage: Usage,
): Reply {
  const completion: ChatCompletion = {
    ...identity.envelope,
    object: 'chat.completion',
    choices: answers.map((answer, index) => ({
      index,
      message: messageOf(answer, index, identity),
      finish_reason: answer.finishReason,
    })),
    usage,
  }
  return jsonReply(200, completion)
}

function messageOf(
  { text, calls }: Answer,
  choice: number,
  identity: Identity,
): ChatCompletion['choices'][number]['message'] {
  if (calls.length === 0) return { role: 'assistant', content: text, refusal: null }
  return {
    role: 'assistant',
    content: text === '' ? null : text,
    refusal: null,
    tool_calls: calls.map((call, i) => ({
      id: identity.callId(choice, i),
      type: 'function',
      function: { name: call.name, arguments: JSON.stringify(call.arguments) },
    })),
  }
}
