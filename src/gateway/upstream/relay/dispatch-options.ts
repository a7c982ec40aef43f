import type { Dispatcher } from 'undici'
import type { HttpRequest } from '../../../wire/index.ts'

/** What is for one connection alone (RFC 9110, section 7.6.1), and what the client makes itself, or never sends. */
const NOT_SENT = new Set([
  'connection',
  'proxy-connection',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'proxy-authenticate',
  'proxy-authorization',
  'host',
  'content-length',
  'expect',
])

/** A request as undici is given it. */
export function dispatchOptions(request: HttpRequest): Dispatcher.DispatchOptions {
  const { origin, pathname, search } = new URL(request.url)
  return {
    origin,
    path: pathname + search,
    method: request.method,
    headers: request.headers.filter(([name]) => !NOT_SENT.has(name.toLowerCase())).flat(),
    body: request.body,
  }
}
