import { type ChatMessage, isInstruction, messageText } from '../../../protocol/index.ts'

/** What stands where a caller says nothing: as ElevenLabs has it. */
const SILENCE = '...'

/**
 * A history as the strictest server takes it, without losing a word: one system message before all
 * others, texts instead of parts, no empty ones, the caller first and last, no two turns of one role in
 * a row.
 */
export function plainMessages(messages: readonly ChatMessage[]): ChatMessage[] {
  const system = messages.filter(isInstruction).map(messageText).join('\n\n')
  const turns: ChatMessage[] = []
  for (const message of messages) {
    if (isInstruction(message)) continue
    const turn = plain(message)
    const last = turns.at(-1)
    if (last && isText(last) && isText(turn) && last.role === turn.role) {
      turns[turns.length - 1] = { ...last, content: `${messageText(last)}\n\n${messageText(turn)}` }
    } else turns.push(turn)
  }
  if (turns[0]?.role !== 'user') turns.unshift({ role: 'user', content: SILENCE })
  if (turns.at(-1)?.role === 'assistant') turns.push({ role: 'user', content: SILENCE })
  return system === '' ? turns : [{ role: 'system', content: system }, ...turns]
}

function plain(message: ChatMessage): ChatMessage {
  const { role, tool_calls, tool_call_id } = message
  const text = messageText(message)
  const calls = tool_calls && tool_calls.length > 0 ? { tool_calls } : {}
  const content = text === '' && role === 'user' ? SILENCE : text
  return { role, content, ...calls, ...(typeof tool_call_id === 'string' && { tool_call_id }) }
}

function isText({ role, tool_calls }: ChatMessage): boolean {
  return (role === 'user' || role === 'assistant') && !tool_calls
}
