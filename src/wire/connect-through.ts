import { request as overTls } from 'node:https'
import type { Socket } from 'node:net'
import type { buildConnector } from 'undici'
import { authorizationFor, type HttpProxy, isForwarded } from './http-proxy.ts'
import { nodeHttp } from './node-http.ts'
import { noConnection, noTunnel, ProxyError, tooLate } from './proxy-error.ts'

/**
 * Makes a connector that goes through a proxy. For `http:`, `connect` makes the connection to the proxy,
 * which is handed the requests; for `https:`, it speaks TLS within a tunnel.
 *
 * What the proxy fails at is a `ProxyError`.
 */
export function connectThrough(
  proxy: HttpProxy,
  connect: buildConnector.connector,
  timeoutMs: number,
): buildConnector.connector {
  const { protocol, host, hostname: bracketed, port } = new URL(proxy.url)
  const hostname = bracketed.replace(/^\[(.*)\]$/, '$1')
  return (to, callback) => {
    const url = new URL(`${to.protocol}//${to.host}`)
    if (isForwarded(url)) {
      const next = { ...to, protocol, host, hostname, port, servername: '' }
      connect(next, (...result) => {
        if (result[0]) callback(noConnection(proxy, result[0]), null)
        else callback(...result)
      })
      return
    }
    const authority = `${url.hostname}:${url.port === '' ? '443' : url.port}`
    openTunnel(proxy, { protocol, hostname, port }, authority, timeoutMs, (...result) => {
      if (result[0]) callback(result[0], null)
      else connect({ ...to, httpSocket: result[1] }, callback)
    })
  }
}

function openTunnel(
  proxy: HttpProxy,
  { protocol, hostname, port }: Pick<URL, 'protocol' | 'hostname' | 'port'>,
  authority: string,
  timeoutMs: number,
  done: (...result: [ProxyError] | [null, Socket]) => void,
): void {
  const request = (protocol === 'https:' ? overTls : nodeHttp.request)({
    host: hostname,
    port,
    agent: false,
    method: 'CONNECT',
    path: authority,
    headers: {
      host: authority,
      'proxy-connection': 'keep-alive',
      ...Object.fromEntries(authorizationFor(proxy)),
    },
  })
  const deadline = setTimeout(() => request.destroy(tooLate(proxy, timeoutMs)), timeoutMs)
  request.once('close', () => clearTimeout(deadline))
  request.once('error', (error) =>
    done(error instanceof ProxyError ? error : noConnection(proxy, error)),
  )
  request.once('connect', ({ statusCode = 0, headersDistinct }, socket: Socket) => {
    // TLS tells of what breaks, once it has the socket.
    socket.on('error', () => {})
    if (statusCode >= 200 && statusCode <= 299) return done(null, socket)
    socket.destroy()
    const challenges = headersDistinct['proxy-authenticate'] ?? []
    return done(noTunnel(proxy, authority, statusCode, challenges))
  })
  request.end()
}
