import type { Exchange } from '../../wire/index.ts'
import type { TapInfo } from './exchange-queue.ts'
import type { PassOptions } from './open-pass.ts'
import type { ConnectionEvent } from './passed-connection.ts'

/** What a thread is started with. */
export interface PassOrder extends Pick<
  PassOptions,
  'host' | 'port' | 'token' | 'tls' | 'insecure'
> {
  readonly upstream: string
}

/** What a thread is told: the exchange that it gave was taken, or that it should end. */
export type PassCommand = 'taken' | 'close'

/** What a thread tells. */
export type PassMessage =
  | { readonly kind: 'closed' }
  | { readonly kind: 'listening'; readonly url: string }
  | { readonly kind: 'exchange'; readonly exchange: Exchange; readonly info: TapInfo }
  | {
      readonly kind: 'connection'
      readonly connection: number
      readonly event: ConnectionEvent
    }
