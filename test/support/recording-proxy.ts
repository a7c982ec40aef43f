import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { Agent, type Dispatcher } from 'undici'
import { onTestFinished } from 'vitest'
import type { Exchange, Header, HttpRequest } from '../../src/wire/index.ts'
import { goneSignal, Recorder } from '../../src/wire/node.ts'

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
    const recorder = new PassingRecorder(response)
    const { origin, pathname, search } = new URL(request.url)
    const { method, body } = request
    const headers = request.headers.filter(([name]) => !OF_THE_CLIENT.has(name.toLowerCase()))
    dispatcher.dispatch(
      { origin, path: pathname + search, method, headers: headers.flat(), body },
      recorder,
    )
    const recording = await recorder.recording
    if (recording.end.how === 'complete') response.end()
    else response.destroy()
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

const OF_THE_CLIENT = new Set(['host', 'content-length', 'connection', 'transfer-encoding'])

/** Passes on what it takes down. */
class PassingRecorder extends Recorder {
  readonly #response: ServerResponse

  constructor(response: ServerResponse) {
    super({
      timeoutMs: 60_000,
      signal: goneSignal(response),
      onArrival: ({ bytes }) => void response.write(bytes),
    })
    this.#response = response
  }

  override onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: unknown,
    statusText?: string,
  ): void {
    super.onResponseStart(controller, status, headers, statusText)
    this.#response.writeHead(status, (controller.rawHeaders as Buffer[]).map(String))
  }
}

async function requestOf(incoming: IncomingMessage, url: string): Promise<HttpRequest> {
  const { rawHeaders } = incoming
  const headers = rawHeaders.flatMap((name, i): Header[] =>
    i % 2 === 0 ? [[name, rawHeaders[i + 1]!]] : [],
  )
  const body = await text(incoming)
  return { method: incoming.method!, url, headers, body: body === '' ? null : body }
}
