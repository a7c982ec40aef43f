import { isJsonObject, type ToolCall } from '../../protocol/index.ts'
import type { ChatEvidence } from './chat-evidence.ts'
import type { ReplyEvidence } from './reply-evidence.ts'

/** Whether any tool call is other than a whole one: named, with an id and an index of its own, and an object for its arguments. */
export function hasOddCall({
  chat,
  callArguments,
}: Pick<ReplyEvidence, 'callArguments'> & { readonly chat: ChatEvidence }): boolean {
  const ids = new Set(chat.calls.map(({ id }) => id))
  return (
    ids.size < chat.calls.length ||
    chat.choices.some(({ calls }) => calls.some((call, i) => call.index !== i)) ||
    chat.calls.some((call) => isOdd(call) || !isJsonObject(callArguments.get(call)))
  )
}

function isOdd({ opening, fragments, arguments: args }: ToolCall): boolean {
  const { json, function: called } = opening
  return (
    json['type'] !== 'function' ||
    !isWord(json['id']) ||
    !isWord(called['name']) ||
    called['arguments'] === null ||
    args.trim() === '' ||
    fragments.some((each) => typeof (each.function['arguments'] ?? '') !== 'string')
  )
}

function isWord(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}
