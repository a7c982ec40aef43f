import { bareAddress } from './bare-address.ts'
import { shownUrl } from './shown-url.ts'
import { SoundcheckError } from './soundcheck-error.ts'

/**
 * Where to send, given the server URL of a platform: the path of the dialect is appended, unless it is
 * there already.
 *
 * @throws SoundcheckError when the text is not an `http:` or `https:` URL, or holds credentials.
 */
export function requestUrl(serverUrl: string, path: string): string {
  const url = parseUrl(serverUrl)
  if (!endsIn(url, path)) url.pathname = `${url.pathname.replace(/\/+$/, '')}${path}`
  return url.href
}

/** Whether a URL is one to send to, rather than the base of it. */
export function endsIn({ pathname }: URL, path: string): boolean {
  return pathname.replace(/\/$/, '').endsWith(path)
}

/** The URL with another end in place of the path of the dialect. */
export function besides(requested: string, path: string, other: string): string {
  const url = new URL(requested)
  url.pathname = `${url.pathname.replace(/\/$/, '').slice(0, -path.length)}${other}`
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
