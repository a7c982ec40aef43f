import { onTestFinished } from 'vitest'
import { memoryLedger } from '../../src/gateway/keys/token-ledger.ts'
import { tokenBudget } from '../../src/gateway/keys/token-budget.ts'
import type { Gateway } from '../../src/gateway/gateway.ts'
import type { TurnObserver } from '../../src/gateway/account/turn-record.ts'
import { makeApp } from '../../src/gateway/serving/make-app.ts'
import { type RunningGateway, serveGateway } from '../../src/gateway/serving/serve-gateway.ts'
import type { ServerOptions } from '../../src/gateway/serving/server-options.ts'

export const METRICS = {
  exposition: async () => ({ contentType: 'text/plain; version=1', body: 'up 1\n' }),
}

const fail = (error: unknown) => {
  throw error
}

/** Serves a gateway while a test runs. */
export async function servedGateway(
  gateway: Gateway,
  options: ServerOptions = {},
  observers: readonly TurnObserver[] = [],
): Promise<RunningGateway> {
  const budget = tokenBudget({ ledger: memoryLedger(), onError: fail })
  const running = await serveGateway(
    { app: makeApp(options), gateway, observers, budget, redis: undefined, metrics: METRICS },
    options,
  )
  onTestFinished(() => running.close({ drainMs: 0 }))
  return running
}

/** Asks for a turn. */
export function ask(
  url: string,
  init: Omit<RequestInit, 'headers'> & { readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<Response> {
  return fetch(`${url}/chat/completions`, {
    method: 'POST',
    body: '{"model":"voice","messages":[{"role":"user","content":"Hi"}]}',
    ...init,
    headers: { 'content-type': 'application/json', ...init.headers },
  })
}
