import type { Header } from './exchange.ts'

/** An HTTP proxy on the way to a server. */
export interface HttpProxy {
  /** Scheme, host and port: no user, no password. */
  readonly url: string
  /** What named it, such as `HTTPS_PROXY`. */
  readonly from: string
  /** The value of `proxy-authorization`; `undefined` where no user was named. */
  readonly authorization: string | undefined
}

/** Whether a proxy is handed the requests for a URL; where they go over TLS, it opens a tunnel for them. */
export function isForwarded({ protocol }: URL): boolean {
  return protocol === 'http:'
}

/** The target of a request as the next hop is told it (RFC 9112, 3.2), and headers that only a proxy is sent. */
export function toNextHop(
  url: URL,
  proxy: HttpProxy | undefined,
): { readonly path: string; readonly headers: readonly Header[] } {
  const path = url.pathname + url.search
  if (!proxy || !isForwarded(url)) return { path, headers: [] }
  return { path: url.origin + path, headers: authorizationFor(proxy) }
}

/** The headers by which a proxy knows who asks. */
export function authorizationFor({ authorization }: HttpProxy): readonly Header[] {
  return authorization === undefined ? [] : [['proxy-authorization', authorization]]
}

/** What a proxy wants that answers with status 407; `challenges` are the values of its `proxy-authenticate`. */
export function howToAuthorize(
  { authorization }: HttpProxy,
  challenges: readonly string[],
): string {
  const schemes = challenges.flatMap((each) => /^ *([a-z-]{1,20})\b/i.exec(each)?.[1] ?? [])
  if (schemes.length > 0 && !schemes.some((each) => /^basic$/i.test(each))) {
    return `it asks for ${schemes.join(' or ')}, and only Basic is known here`
  }
  return authorization === undefined
    ? 'name a user and a password in its URL, as in http://user:password@host:port'
    : 'it refuses the user or the password of its URL'
}
