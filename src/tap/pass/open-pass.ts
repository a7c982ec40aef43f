import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import type { Exchange } from '../../wire/index.ts'
import { ExchangeQueue, type TapInfo } from './exchange-queue.ts'
import { type ConnectionEvent, PassedConnection } from './passed-connection.ts'
import { clientSides, type TlsOptions } from './side.ts'

export interface PassOptions {
  /** Scheme, host and port; the client says which path. */
  readonly upstream: URL
  readonly host: string
  /** 0 for any free one. */
  readonly port: number
  /** What each request must bear: in `x-soundcheck-tap-token`, or before its path, as `/t/<token>`. */
  readonly token?: string
  /** Clients speak TLS. */
  readonly tls?: TlsOptions
  /** Whether the upstream may have any certificate. */
  readonly insecure?: boolean
  /**
   * Called with what was seen of each exchange, once it is over, one at a time: the next waits until
   * what this returns is resolved. No byte does.
   */
  readonly onExchange: (exchange: Exchange, info: TapInfo) => unknown
  readonly onConnection?: (connection: number, event: ConnectionEvent) => void
  /** Called with what `onExchange` threw. */
  readonly onError?: (error: unknown) => void
}

export interface Pass {
  /** Scheme, host and port. */
  readonly url: string
  /** Breaks all connections off; resolves when the last exchange was taken. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** Does in this thread what `startPass` does in one of its own. */
export async function openPass(options: PassOptions): Promise<Pass> {
  const { upstream, host, port, token, tls, insecure = false, onExchange } = options
  const { onConnection = () => {}, onError = () => {} } = options
  const sideOf = clientSides(tls)
  const queue = new ExchangeQueue({ onExchange, onError })
  const open = new Set<PassedConnection>()
  let connections = 0
  let exchanges = 0
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    const connection = ++connections
    const passed = new PassedConnection(sideOf(socket), {
      upstream,
      insecure,
      token,
      connection,
      nextId: () => `tap-${++exchanges}`,
      onSeen: (seen) => queue.add(seen),
      onEvent(event) {
        if (event.kind === 'closed') open.delete(passed)
        onConnection(connection, event)
      },
    })
    open.add(passed)
  })
  server.listen(port, host)
  await once(server, 'listening')
  const { address, port: bound, family } = server.address() as AddressInfo
  const shown = family === 'IPv6' ? `[${address}]` : address
  const close = async () => {
    const closed = new Promise((resolve) => server.close(resolve))
    for (const passed of open) passed.close()
    await closed
    await queue.settled()
  }
  return {
    url: `${tls ? 'https' : 'http'}://${shown}:${bound}`,
    close,
    [Symbol.asyncDispose]: close,
  }
}
