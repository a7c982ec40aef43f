// One client in a thread of its own: how long after its sending each event reaches the user's code.
import { once } from 'node:events'
import http from 'node:http'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { createParser } from 'eventsource-parser'
import OpenAI from 'openai'
import { Agent, fetch } from 'undici'
import type { CalibrationStamps } from '../../src/bench/instrument/calibration-messages.ts'
import { monotonicNow } from '../../src/bench/lane/clock.ts'
import { chat, responses } from '../../src/protocol/index.ts'

export type ClientName = 'raw socket' | 'node:http' | 'undici fetch' | 'openai SDK'

export interface ClientOrder {
  readonly client: ClientName
  /** The base URL, and which API it speaks. */
  readonly url: string
  readonly dialect: 'chat' | 'responses'
  readonly streams: number
  readonly bodies: readonly string[]
  readonly warmupMs: number
  readonly durationMs: number
}

const { client, url, dialect, streams, bodies, warmupMs, durationMs } = workerData as ClientOrder
const endpoint = new URL(url + { chat, responses }[dialect].path)
const start = monotonicNow()
const end = start + warmupMs + durationMs
const added: number[] = []

function see(t: number): void {
  const now = monotonicNow()
  if (now - start >= warmupMs) added.push(now - t)
}

function seeEvent(data: string): void {
  if (data === '[DONE]') return
  const { calibration } = JSON.parse(data) as { calibration?: CalibrationStamps }
  if (calibration) see(calibration.t)
}

type Ask = (body: string) => Promise<void>
const headers = { 'content-type': 'application/json' }

const CLIENTS: Record<ClientName, () => Ask | Promise<Ask>> = {
  async 'raw socket'() {
    const socket = connect(Number(endpoint.port), endpoint.hostname).setNoDelay()
    await once(socket, 'connect')
    let over = () => {}
    socket.on('data', (piece: Buffer) => {
      const text = piece.toString('latin1')
      for (let at = text.indexOf('"t":'); at >= 0; at = text.indexOf('"t":', at + 4)) {
        see(Number.parseFloat(text.slice(at + 4, at + 40)))
      }
      if (text.endsWith('0\r\n\r\n')) over()
    })
    return (body) => {
      const { promise, resolve } = Promise.withResolvers<void>()
      over = resolve
      socket.write(
        `POST ${endpoint.pathname} HTTP/1.1\r\nhost: ${endpoint.host}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      )
      return promise
    }
  },
  'node:http'() {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
    return async (body) => {
      const request = http.request(endpoint, { method: 'POST', agent, headers }).end(body)
      const [response] = (await once(request, 'response')) as [http.IncomingMessage]
      const parser = createParser({ onEvent: ({ data }) => seeEvent(data) })
      response.setEncoding('utf8').on('data', (text: string) => parser.feed(text))
      await once(response, 'end')
    }
  },
  'undici fetch'() {
    const dispatcher = new Agent({ connections: 1 })
    return async (body) => {
      const response = await fetch(endpoint, { method: 'POST', headers, body, dispatcher })
      const parser = createParser({ onEvent: ({ data }) => seeEvent(data) })
      const decoder = new TextDecoder()
      for await (const bytes of response.body!) {
        parser.feed(decoder.decode(bytes as Uint8Array, { stream: true }))
      }
    }
  },
  'openai SDK'() {
    const openai = new OpenAI({ baseURL: url, apiKey: 'none', maxRetries: 0 })
    return async (body) => {
      const asked = { ...(JSON.parse(body) as object), model: 'c', stream: true } as const
      const events =
        dialect === 'chat'
          ? await openai.chat.completions.create({ ...asked, messages: [] })
          : await openai.responses.create({ ...asked, input: [] })
      for await (const event of events) {
        const { calibration } = event as { calibration?: CalibrationStamps }
        if (calibration) see(calibration.t)
      }
    }
  },
}

/** Out of step with the others, as soundcheck's are. */
async function stream(i: number): Promise<void> {
  await sleep((i / streams) * 1_000)
  const ask = await CLIENTS[client]()
  for (let n = i; monotonicNow() < end; n++) await ask(bodies[n % bodies.length]!)
}

await Promise.all(Array.from({ length: streams }, (_, i) => stream(i)))
const measured = Float64Array.from(added)
parentPort!.postMessage(measured, [measured.buffer])
process.exit()
