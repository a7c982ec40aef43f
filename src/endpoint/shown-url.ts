import { isKeyInPath, looksLikeAKey } from '../wire/index.ts'

const HAS_SCHEME = /^[a-z][a-z+.-]*:\/\//i
/** With a scheme, or a host with a port or a domain, or a word such as a command. */
const LIKE_A_URL = [
  HAS_SCHEME,
  /^(?=[^/?#]*[.:])[a-z0-9.-]+(?::\d+)?(?:[/?#]|$)/,
  /^[a-z-]{0,12}$/i,
]

/**
 * What may be shown of a text that was given as a URL: no name, no password, no query and no
 * key in its path. A text that does not look like one may as well be a key.
 */
export function shownUrl(text: string): string {
  const looksLikeOne = LIKE_A_URL.some((pattern) => pattern.test(text))
  if (!looksLikeOne || (!HAS_SCHEME.test(text) && looksLikeAKey(text))) return '...'
  return text
    .replace(/^([a-z+.-]*:\/\/)?.*@/is, '$1...@')
    .replace(/([?#]).*$/s, '$1...')
    .split('/')
    .map((segment) => (isKeyInPath(segment) ? '...' : segment))
    .join('/')
}
