import { bareAddress } from './bare-address.ts'
import { isKeyInPath, looksLikeAKey } from '../wire/index.ts'

const HAS_SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i
/** Such as the name of a command. */
const WORD = /^[a-z-]{0,12}$/i

/**
 * What may be shown of a text that was given as a URL: no name, no password, no query and no
 * key in its path. A text that does not look like one may as well be a key.
 */
export function shownUrl(text: string): string {
  const isWord = WORD.test(text) && !looksLikeAKey(text)
  if (!isWord && !HAS_SCHEME.test(text) && !bareAddress(text)) return '...'
  return text
    .replace(/^([a-z0-9+.-]*:\/\/)?.*@/is, '$1...@')
    .replace(/([?#]).*$/s, '$1...')
    .split('/')
    .map((segment) => (isKeyInPath(segment) ? '...' : segment))
    .join('/')
}
