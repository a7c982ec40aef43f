import { type ChatMessage, fingerprint, messageText } from '../../protocol/index.ts'
import type { BufferWords } from '../gateway-options.ts'
import { languageOf } from './language-of.ts'

/** Said where nothing else is configured. */
const OF_OUR_OWN = ['Let me see...', 'One moment...', 'Just a second...']

/** Chooses buffer words by the language of the caller, the request and the seed. */
export function chooseBufferWords(
  { words, byLanguage, seed = 0 }: BufferWords,
  messages: readonly ChatMessage[],
  body: string,
): string {
  const language = byLanguage && languageOf(callersWords(messages), Object.keys(byLanguage))
  const list = (language === undefined ? words : byLanguage?.[language]) ?? OF_OUR_OWN
  return asBufferWords(list[fingerprint(seed, body) % list.length] ?? OF_OUR_OWN[0]!)
}

/** They end in an ellipsis and a space: without the space, what follows is joined to them. */
function asBufferWords(words: string): string {
  return `${words.trim().replace(/[.…\s]+$/u, '')}... `
}

/** A caller's last words may be too few to tell a language. */
function callersWords(messages: readonly ChatMessage[]): string {
  const said = messages.filter(({ role }) => role === 'user').map(messageText)
  return said.slice(-3).join(' ')
}
