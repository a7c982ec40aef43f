import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls, createSecureContext, TLSSocket } from 'node:tls'

export interface TlsOptions {
  /** PEM. */
  readonly cert: string
  readonly key: string
}

/** One side of a connection that passes: what is read and written, over what it travels. */
export interface Side {
  readonly stream: Socket
  /** Breaks it, so that the other end can tell: TLS has no way to say so, TCP has. */
  readonly reset: () => void
}

const ALPN = ['http/1.1']

/** Gives what makes sides of the connections of clients. */
export function clientSides(tls: TlsOptions | undefined): (socket: Socket) => Side {
  if (!tls) return (socket) => sideOf(socket, socket)
  const secureContext = createSecureContext(tls)
  return (socket) =>
    sideOf(new TLSSocket(socket, { isServer: true, secureContext, ALPNProtocols: ALPN }), socket)
}

/** Opens a connection to an upstream; its stream tells when it stands, by `ready` or `secureConnect`. */
export function upstreamSide({ protocol, hostname, port }: URL, insecure: boolean): Side {
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  const isSecure = protocol === 'https:'
  const socket = connectTcp({
    host,
    port: port === '' ? (isSecure ? 443 : 80) : Number(port),
    allowHalfOpen: true,
    noDelay: true,
  })
  if (!isSecure) return sideOf(socket, socket)
  const servername = /^[\d.]+$|:/.test(host) ? '' : host
  return sideOf(
    connectTls({ socket, host, servername, rejectUnauthorized: !insecure, ALPNProtocols: ALPN }),
    socket,
  )
}

function sideOf(stream: Socket, socket: Socket): Side {
  if (stream !== socket) socket.on('error', (error) => stream.destroy(error))
  return {
    stream,
    reset() {
      // libuv refuses to reset what is just being shut down, and its loop turns for ever.
      if (socket.writableEnded && !socket.writableFinished) socket.destroy()
      else socket.resetAndDestroy()
      stream.destroy()
    },
  }
}
