import { json } from 'node:stream/consumers'
import type { JsonObject } from '../../src/protocol/index.ts'
import { DONE, says } from './exchanges.ts'
import { rawServer } from './raw-server.ts'

/** An endpoint that says hi to everything, and the JSON objects that it received. */
export async function bodiesReceived(): Promise<{ url: string; bodies: JsonObject[] }> {
  const bodies: JsonObject[] = []
  const url = await rawServer(async (request, response) => {
    const body = await json(request).catch(() => undefined)
    if (body !== undefined) bodies.push(body as JsonObject)
    response.setHeader('content-type', 'text/event-stream')
    response.end(`${says('Hi.')}${DONE}`)
  })
  return { url, bodies }
}
