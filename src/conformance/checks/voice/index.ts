import type { Group } from '../group.ts'
import reasoningLeak from './reasoning-leak.ts'
import reasoningOnly from './reasoning-only.ts'
import toolCallAsText from './tool-call-as-text.ts'
import specialTokens from './special-tokens.ts'
import leftovers from './leftovers.ts'
import markdown from './markdown.ts'
import codeOrTable from './code-or-table.ts'
import url from './url.ts'
import emoji from './emoji.ts'
import digits from './digits.ts'
import spacesLost from './spaces-lost.ts'
import leadingWhitespace from './leading-whitespace.ts'
import bufferWords from './buffer-words.ts'
import refusalSilent from './refusal-silent.ts'

export const voice: Group = {
  id: 'voice',
  checks: [
    reasoningLeak,
    reasoningOnly,
    toolCallAsText,
    specialTokens,
    leftovers,
    markdown,
    codeOrTable,
    url,
    emoji,
    digits,
    spacesLost,
    leadingWhitespace,
    bufferWords,
    refusalSilent,
  ],
}
