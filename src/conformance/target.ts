/**
 * Where to send, from the server URL that a platform is given: `/chat/completions` is appended,
 * unless it is there already.
 *
 * @throws TypeError when the text is no `http:` or `https:` URL.
 */
export function chatUrl(serverUrl: string): string {
  const url = parseUrl(serverUrl)
  if (!/\/chat\/completions\/?$/.test(url.pathname)) {
    url.pathname = `${url.pathname.replace(/\/+$/, '')}/chat/completions`
  }
  return url.href
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url
  throw new TypeError(`"${text}" is not an http:// or https:// URL`)
}
