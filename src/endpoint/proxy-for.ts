import type { HttpProxy } from '../wire/index.ts'
import { isExcepted } from './is-excepted.ts'
import { shownUrl } from './shown-url.ts'
import { SoundcheckError } from './soundcheck-error.ts'

/** The environment of a process, or a part of it. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Names and addresses of this machine: what runs there is under test, and no proxy could reach it. */
const LOOPBACK = /^(?:(?:.+\.)?localhost\.?|127(?:\.\d+){3}|0\.0\.0\.0|\[::1?\])$/

/**
 * The proxy on the way to a URL: the one given, or the one that `HTTPS_PROXY` or `HTTP_PROXY` of an
 * environment names for its scheme (in lower case first, as curl has it), unless the URL is on this
 * machine or among `NO_PROXY`.
 *
 * @throws SoundcheckError for a proxy that is no `http:` or `https:` URL.
 */
export function proxyFor(href: string, given: string | Environment): HttpProxy | undefined {
  if (typeof given === 'string') return parseProxy(given, '--proxy')
  const url = new URL(href)
  const read = (name: string) => given[name.toLowerCase()] || given[name] || undefined
  const name = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY'
  const text = read(name)
  if (text === undefined || LOOPBACK.test(url.hostname)) return undefined
  return isExcepted(url, read('NO_PROXY') ?? '') ? undefined : parseProxy(text, name)
}

function parseProxy(text: string, from: string): HttpProxy {
  const href = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`
  const url = URL.canParse(href) ? new URL(href) : undefined
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new SoundcheckError(
      'INVALID_INPUT',
      `${from} is "${shownUrl(text)}", which is no proxy that can be used: write it as http://host:port or http://user:password@host:port (what is special in a password as in %40), or pass --no-proxy`,
    )
  }
  const { protocol, host, username, password } = url
  return {
    url: `${protocol}//${host}`,
    from,
    authorization: username === '' && password === '' ? undefined : basic(username, password),
  }
}

/** As RFC 7617 wants it, in UTF-8. */
function basic(username: string, password: string): string {
  const bytes = new TextEncoder().encode(`${decoded(username)}:${decoded(password)}`)
  return `Basic ${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))}`
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
