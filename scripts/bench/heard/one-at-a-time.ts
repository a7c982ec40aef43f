import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

const WORDS = 40
const FIRST_MS = 200
const WORD_MS = 60

/** A model that answers one turn at a time, as many on a single card do; who leaves frees it. */
export async function startOneAtATime(): Promise<{ readonly url: string; close(): void }> {
  let last = Promise.resolve()
  const server = createServer((request, response) => {
    request.resume()
    last = last.then(() => answer(response))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/v1`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

async function answer(response: ServerResponse): Promise<void> {
  if (response.destroyed) return
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  await sleep(FIRST_MS)
  for (let i = 0; i < WORDS && !response.destroyed; i++) {
    response.write(eventOf({ content: ` word ${i}` }))
    await sleep(WORD_MS)
  }
  response.end(`${eventOf({}, 'stop')}data: [DONE]\n\n`)
}

function eventOf(delta: object, finish_reason: string | null = null): string {
  const choices = [{ index: 0, delta, finish_reason }]
  const chunk = {
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'm',
    choices,
  }
  return `data: ${JSON.stringify(chunk)}\n\n`
}
