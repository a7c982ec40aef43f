import { type ChatRequest, Turn } from '../../../protocol/index.ts'
import { clip } from '../../../wire/index.ts'
import { escapeRegex } from '../escape-regex.ts'
import type { TextPattern, When } from '../spec/scenario.ts'

/** Longer words are told by their beginning. */
const LONGEST = 1_000

/** When a recorded request is meant: by the last words, the turn, and what a tool found. */
export function recordWhen(request: ChatRequest): When {
  const turn = new Turn(request)
  const result = turn.toolResults.at(-1)
  return {
    user: exactly(turn.said ?? ''),
    turn: turn.turn,
    toolResult: result
      ? {
          ...(result.name !== '' && { name: result.name }),
          ...(result.content !== '' && { content: clip(result.content, LONGEST, '') }),
        }
      : false,
  }
}

/** What else tells requests apart that ask the same at the same turn; the likeliest first. */
export function furtherConditions(request: ChatRequest): When[] {
  const turn = new Turn(request)
  const texts = turn.messages
    .filter(({ role }) => role === 'assistant' || role === 'user')
    .slice(0, -1)
    .map((message) => turn.textOf(message))
    .filter((text) => text !== '')
  return [
    ...texts.toReversed().map((text) => ({ message: exactly(text) })),
    { system: exactly(turn.system) },
    { model: request.model },
  ]
}

function exactly(text: string): TextPattern {
  if (text.length > LONGEST) return clip(text, LONGEST, '')
  return { regex: `^${escapeRegex(text)}$` }
}
