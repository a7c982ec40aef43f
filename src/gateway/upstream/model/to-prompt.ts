import type {
  LanguageModelV4Message,
  LanguageModelV4Prompt,
  LanguageModelV4TextPart,
} from '@ai-sdk/provider'
import type { AssistantTurn, History, UserTurn } from './history.ts'

/** Said where somebody has to say something. */
const SILENCE = '...'

/**
 * A conversation as a prompt: instructions first, then turns that begin with the user's and end with the
 * user's or the results of tools, each call with its result.
 */
export function toPrompt({ instructions, turns }: History): LanguageModelV4Prompt {
  const prompt: LanguageModelV4Prompt = []
  if (instructions.length > 0) prompt.push({ role: 'system', content: instructions.join('\n\n') })
  // Platforms let the agent speak first; providers do not.
  if (turns[0]?.role !== 'user') prompt.push(silence('user'))
  let made = 0
  for (const turn of turns) {
    prompt.push(...messagesOf(turn, made))
    if (turn.role === 'assistant') made += turn.calls.length
  }
  if (prompt.at(-1)?.role === 'assistant') prompt.push(silence('user'))
  return prompt
}

/** The same, for models that refuse a user who speaks right after a tool. */
export function withToolsAnswered(prompt: LanguageModelV4Prompt): LanguageModelV4Prompt {
  return prompt.flatMap((message, i) =>
    message.role === 'user' && prompt[i - 1]?.role === 'tool'
      ? [silence('assistant'), message]
      : [message],
  )
}

function messagesOf(turn: UserTurn | AssistantTurn, made: number): LanguageModelV4Message[] {
  if (turn.role === 'user') return [{ role: 'user', content: turn.parts }]
  const calls = turn.calls.map((call, i) => ({ ...call, id: callId(made + i) }))
  const said: LanguageModelV4Message = {
    role: 'assistant',
    content: [
      ...(turn.text === '' ? [] : [text(turn.text)]),
      ...calls.map(({ id, name, input }) => ({
        type: 'tool-call' as const,
        toolCallId: id,
        toolName: name,
        input,
      })),
    ],
  }
  if (calls.length === 0) return [said]
  return [
    said,
    {
      role: 'tool',
      content: calls.map(({ id, name, result = 'no result' }) => ({
        type: 'tool-result',
        toolCallId: id,
        toolName: name,
        output: { type: 'text', value: result.trim() === '' ? SILENCE : result },
      })),
    },
  ]
}

// Others' ids may be of another provider, or come twice. Mistral takes nine letters and digits.
function callId(made: number): string {
  return `call${String(made + 1).padStart(5, '0')}`
}

function silence(role: 'user' | 'assistant'): LanguageModelV4Message {
  return { role, content: [text(SILENCE)] }
}

function text(said: string): LanguageModelV4TextPart {
  return { type: 'text', text: said }
}
