import { chat } from '../../protocol/index.ts'
import type { ChatEvidence } from '../evidence/chat-evidence.ts'
import type { Evidence } from '../evidence/evidence.ts'
import { hasOddCall } from '../evidence/has-odd-call.ts'
import { isPlainText } from '../evidence/is-plain-text.ts'

/** Each is asked once of an exchange, for all checks that would look for it in every event or word. */
const SIGNS = {
  /** An event that is neither a chunk nor the one terminator at the end, or is framed in any other way than theirs. */
  'odd-event': inChunks(({ hasOddEvent }) => hasOddEvent),

  /** An escape of a character, or the character that stands for one that could not be read. */
  escape: inChunks(({ hasEscape }) => hasEscape),

  /** A chunk that is in any way other than the first of them, but in the delta of its only choice. */
  'odd-chunk': inChunks(({ hasOddChunk }) => hasOddChunk),

  /** A reply that contradicts itself. */
  contradiction: inChunks(({ hasContradiction }) => hasContradiction),

  /** Anything in a text but plain sentences. */
  'odd-text': ({ texts }) => texts.some(({ text }) => !isPlainText(text)),

  /** A tool call that is not a whole one, with all that it has to have. */
  'odd-call': (evidence) => !isInChunks(evidence) || hasOddCall(evidence),

  /** Arguments of a tool call that hold a mark of control tokens, or a character or an escape that may be one. */
  'odd-arguments': ({ calls }) => calls.some((call) => /[<[\\]|[^ -~]/.test(call.arguments)),
} satisfies Record<string, (evidence: Evidence) => boolean>

/** What another dialect has is always looked at. */
function inChunks(shows: (chat: ChatEvidence) => boolean) {
  return (evidence: Evidence) => !isInChunks(evidence) || shows(evidence.chat)
}

function isInChunks({ dialect }: Evidence): boolean {
  return dialect.id === chat.id
}

/** Something out of the ordinary. */
export type Sign = keyof typeof SIGNS

/** Whether an exchange shows any of these. */
export function showsAny(signs: readonly Sign[], evidence: Evidence): boolean {
  return signs.some((sign) => SIGNS[sign](evidence))
}
