import { once } from 'node:events'
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Exchange } from '../../wire/index.ts'
import type { TapInfo } from './exchange-queue.ts'
import type { Pass, PassOptions } from './open-pass.ts'
import type { PassCommand, PassMessage, PassOrder } from './pass-messages.ts'

/** By itself V8 takes up to 192, and fills them before it frees any. */
const YOUNG_MB = 48

/**
 * Stands between clients and an upstream. What they send and what it answers pass untouched, but for the
 * host of requests: bytes, the way in which connections end, and how fast each side reads.
 *
 * They pass in a thread of their own, so that whoever takes exchanges delays none of them.
 *
 * @throws when the address cannot be bound, or the certificate cannot be used.
 */
export async function startPass(options: PassOptions): Promise<Pass> {
  const { upstream, host, port, token, tls, insecure } = options
  const { onExchange, onConnection = () => {}, onError = () => {} } = options
  const file = new URL(`./pass-thread${extname(import.meta.url)}`, import.meta.url)
  const workerData: PassOrder = {
    upstream: upstream.href,
    host,
    port,
    ...(token !== undefined && { token }),
    ...(tls && { tls }),
    ...(insecure !== undefined && { insecure }),
  }
  const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_MB }
  const thread = new Worker(file, { workerData, resourceLimits })
  const command = (what: PassCommand) => thread.postMessage(what)
  const { promise: closed, resolve: onClosed } = Promise.withResolvers<void>()

  async function take(exchange: Exchange, info: TapInfo): Promise<void> {
    try {
      await onExchange(exchange, info)
    } catch (error) {
      onError(error)
    }
    command('taken')
  }

  const [{ url }] = (await once(thread, 'message')) as [Extract<PassMessage, { kind: 'listening' }>]
  thread.on('error', onError)
  thread.once('exit', () => onClosed())
  thread.on('message', (message: PassMessage) => {
    if (message.kind === 'exchange') void take(message.exchange, message.info)
    if (message.kind === 'connection') onConnection(message.connection, message.event)
    if (message.kind === 'closed') onClosed()
  })
  const close = async () => {
    command('close')
    await closed
    await thread.terminate()
  }
  return { url, close, [Symbol.asyncDispose]: close }
}
