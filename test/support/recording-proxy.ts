import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { Agent } from 'undici'
import { onTestFinished } from 'vitest'
import type { Exchange, Header, HttpRequest } from '../../src/wire/index.ts'
import { goneSignal, play, relay } from '../../src/wire/node.ts'

/** Stands before an endpoint for the running test; gives its URL, and each exchange when it has ended. */
export async function recordingProxy(
  upstream: string,
  onExchange: (exchange: Exchange) => void,
): Promise<string> {
  const dispatcher = new Agent()
  let count = 0
  const pass = async (incoming: IncomingMessage, response: ServerResponse) => {
    const id = `tap-${++count}`
    const request = await requestOf(incoming, new URL(incoming.url!, upstream).href)
    const signal = goneSignal(response)
    const relayed = await relay(request, { dispatcher, timeoutMs: 60_000, signal })
    if (relayed.reply) await play(relayed.reply, response).catch(() => {})
    else response.destroy()
    const { passedBytes: _, isCut: __, ...recording } = await relayed.record
    onExchange({ id, probe: 'tap', request, decoded: null, ...recording })
  }
  const server = createServer((incoming, response) => void pass(incoming, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    server.close()
    await dispatcher.destroy()
  })
  const base = new URL(upstream)
  base.port = String((server.address() as AddressInfo).port)
  return base.href
}

async function requestOf(incoming: IncomingMessage, url: string): Promise<HttpRequest> {
  const { rawHeaders } = incoming
  const headers = rawHeaders.flatMap((name, i): Header[] =>
    i % 2 === 0 ? [[name, rawHeaders[i + 1]!]] : [],
  )
  const body = await text(incoming)
  return { method: incoming.method!, url, headers, body: body === '' ? null : body }
}
