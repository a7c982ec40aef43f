import { InvalidOptionError } from './invalid-option.ts'

/**
 * Where to send, from the server URL that a platform is given: `/chat/completions` is appended,
 * unless it is there already.
 *
 * @throws InvalidOptionError when the text is no `http:` or `https:` URL, or holds credentials.
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
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new InvalidOptionError(
      `"${text}" is not an http:// or https:// URL, such as https://api.example.com/v1`,
    )
  }
  if (url.username !== '' || url.password !== '') {
    throw new InvalidOptionError(
      `the URL of ${url.host} holds credentials; pass them with --api-key or --header instead`,
    )
  }
  return url
}
