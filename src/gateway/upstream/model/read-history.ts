import {
  type ChatMessage,
  isInstruction,
  isJsonObject,
  isResult,
  type JsonObject,
  messageText,
  parseJson,
} from '../../../protocol/index.ts'
import { History, type HistoryCall } from './history.ts'
import { userParts } from './user-parts.ts'

/** Reads what was said so far; no word of it is lost. */
export function readHistory(messages: readonly ChatMessage[]): History {
  const history = new History()
  for (const message of messages) {
    if (isInstruction(message)) history.instruct(messageText(message))
    else if (isResult(message)) addResult(history, message)
    else if (message.role === 'user') history.hear(userParts(message))
    else history.say(assistantText(message), callsIn(message))
  }
  return history
}

function addResult(history: History, message: ChatMessage): void {
  const { tool_call_id: id, name } = message
  const text = messageText(message)
  const call = history.waiting((each) => (id ? each.askedAs === id : each.name === name))
  if (call !== undefined) call.result = text
  // Providers refuse a result that nobody asked for.
  else history.hear([{ type: 'text', text: name ? `${name}: ${text}` : text }])
}

/** What an assistant said, and why it would not. */
function assistantText(message: ChatMessage): string {
  const { content, refusal } = message as ChatMessage & { refusal?: unknown }
  const refusals = (Array.isArray(content) ? (content as unknown[]) : [])
    .filter((part) => isJsonObject(part))
    .map((part) => part.refusal)
  return [messageText(message), ...refusals, refusal]
    .filter((each) => typeof each === 'string' && each !== '')
    .join('\n')
}

function callsIn(message: ChatMessage): HistoryCall[] {
  const calls = (message.tool_calls ?? []).flatMap(
    ({ id, function: asked, custom }): HistoryCall[] => {
      if (custom) return [{ askedAs: id, name: custom.name, input: { input: custom.input } }]
      return asked ? [{ askedAs: id, name: asked.name, input: toInput(asked.arguments) }] : []
    },
  )
  const { name, arguments: input } = (message.function_call ?? {}) as JsonObject
  if (typeof name !== 'string') return calls
  return [...calls, { askedAs: '', name, input: toInput(typeof input === 'string' ? input : '') }]
}

/** Providers take objects only; models write other things, too. */
function toInput(text: string): JsonObject {
  if (text.trim() === '') return {}
  const input = parseJson(text) ?? text
  return isJsonObject(input) ? input : { input }
}
