import { onTestFinished } from 'vitest'
import type { TapInfo } from '../../src/tap/pass/exchange-queue.ts'
import type { ConnectionEvent } from '../../src/tap/pass/passed-connection.ts'
import { openPass, type Pass, type PassOptions } from '../../src/tap/pass/open-pass.ts'
import type { Exchange } from '../../src/wire/index.ts'
import { settled } from './settled.ts'

export interface Passing extends Pass {
  readonly exchanges: readonly Exchange[]
  readonly infos: readonly TapInfo[]
  readonly events: readonly ConnectionEvent[]
  /** Resolves when so many exchanges were seen. */
  seen(count: number): Promise<readonly Exchange[]>
}

/** Starts a pass before an upstream, for the running test. */
export async function passing(
  upstream: string,
  options: Partial<PassOptions> = {},
): Promise<Passing> {
  const exchanges: Exchange[] = []
  const infos: TapInfo[] = []
  const events: ConnectionEvent[] = []
  const pass = await openPass({
    upstream: new URL(upstream),
    host: '127.0.0.1',
    port: 0,
    onExchange(exchange, info) {
      exchanges.push(exchange)
      infos.push(info)
    },
    onConnection: (_, event) => void events.push(event),
    ...options,
  })
  onTestFinished(() => pass.close())
  return {
    ...pass,
    exchanges,
    infos,
    events,
    async seen(count) {
      await settled(() => exchanges.length >= count)
      return exchanges
    },
  }
}
