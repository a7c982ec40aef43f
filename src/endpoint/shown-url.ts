/** With a scheme, or a host with a port or a domain, or a word such as a command. */
const LIKE_A_URL = [
  /^[a-z][a-z+.-]*:\/\//i,
  /^(?=[^/?#]*[.:])[a-z0-9.-]+(?::\d+)?(?:[/?#]|$)/,
  /^[a-z-]{0,12}$/i,
]

/**
 * What may be shown of a text that was given as a URL: no name, no password and no query. A text that
 * does not look like one may as well be a key.
 */
export function shownUrl(text: string): string {
  if (!LIKE_A_URL.some((pattern) => pattern.test(text))) return '...'
  return text.replace(/^([a-z+.-]*:\/\/)?.*@/is, '$1...@').replace(/([?#]).*$/s, '$1...')
}
