import type { FailureReason } from './exchange.ts'
import { describeFailure } from './describe-failure.ts'
import { howToAuthorize, type HttpProxy } from './http-proxy.ts'
import { nodeHttp } from './node-http.ts'

/** What a proxy failed at, in a sentence: it says nothing of the server behind it. */
export class ProxyError extends Error {
  /** Of its own: undici takes some codes of connections for a reason to try again. */
  readonly code = 'ERR_PROXY'

  constructor({ url, from }: HttpProxy, what: string) {
    super(`The proxy ${url} (${from}) ${what}`)
  }
}

/** A proxy to which there is no connection. */
export function noConnection(proxy: HttpProxy, error: unknown): ProxyError {
  const { reason, code } = describeFailure(error)
  return new ProxyError(proxy, `${FAILURES[reason] ?? 'cannot be reached'} (${code})`)
}

const FAILURES: Partial<Record<FailureReason, string>> = {
  dns: 'cannot be found',
  tls: 'made no TLS connection that can be trusted',
  reset: 'closed the connection without an answer',
  malformed: 'answered with what is not HTTP',
}

/** A proxy that took longer than a request may. */
export function tooLate(proxy: HttpProxy, timeoutMs: number): ProxyError {
  return new ProxyError(proxy, `made no connection within ${timeoutMs} ms`)
}

/** A proxy that opens no tunnel; `challenges` are the values of its `proxy-authenticate`. */
export function noTunnel(
  proxy: HttpProxy,
  host: string,
  status: number,
  challenges: readonly string[],
): ProxyError {
  const known = nodeHttp.STATUS_CODES[status]
  const shown = known === undefined ? `${status}` : `${status} (${known})`
  const remedy = status === 407 ? `; ${howToAuthorize(proxy, challenges)}` : ''
  return new ProxyError(proxy, `did not connect to ${host}: status ${shown}${remedy}`)
}
