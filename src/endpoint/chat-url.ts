import { bareAddress } from './bare-address.ts'
import { shownUrl } from './shown-url.ts'
import { SoundcheckError } from './soundcheck-error.ts'

/**
 * Where to send, given the server URL of a platform: `/chat/completions` is appended, unless it is
 * there already.
 *
 * @throws SoundcheckError when the text is not an `http:` or `https:` URL, or holds credentials.
 */
export function chatUrl(serverUrl: string): string {
  const url = parseUrl(serverUrl)
  if (!/\/chat\/completions\/?$/.test(url.pathname)) {
    url.pathname = `${url.pathname.replace(/\/+$/, '')}/chat/completions`
  }
  return url.href
}

/** Where the list of models is, given the URL for chat completions. */
export function modelsUrl(chat: string): string {
  const url = new URL(chat)
  url.pathname = url.pathname.replace(/\/chat\/completions\/?$/, '/models')
  return url.href
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    const shown = shownUrl(text)
    const meant = urlMeant(shown)
    const hint = meant === undefined ? '' : `; did you mean ${meant}?`
    throw new SoundcheckError(
      'INVALID_INPUT',
      `"${shown}" is not an http:// or https:// URL${hint}`,
    )
  }
  if (url.username !== '' || url.password !== '') {
    throw new SoundcheckError(
      'INVALID_INPUT',
      `the URL of ${url.host} contains credentials; send them as an API key or a header instead`,
    )
  }
  return url
}

/** What only `http` and `https` have the letters of. */
const SLIP = /^(?=[a-z]*t)(?=[a-z]*p)[htps]{3,7}:\/\//i

/** The URL that a text may be a slip for: without a scheme, or as in `htps://`. */
function urlMeant(text: string): string | undefined {
  const [slip = ''] = SLIP.exec(text) ?? []
  const bare = bareAddress(text.slice(slip.length))
  return bare && `${/s:/i.test(slip) ? 'https' : bare.scheme}://${bare.address}`
}
