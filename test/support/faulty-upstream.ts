import { EventEmitter, once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ChatRequest, JsonObject } from '../../src/protocol/index.ts'

/** What an upstream does, by what it is asked. */
const ANSWERS = {
  'answers well': async (response: ServerResponse) => {
    for (const word of ['We', ' are', ' open.']) response.write(wordOf(word))
    end(response)
  },
  'takes its time': async (response: ServerResponse) => {
    response.write(wordOf('Well,'))
    await sleep(100)
    response.write(wordOf(' yes.'))
    end(response)
  },
  'dies before headers': async ({ socket }: ServerResponse) => void socket?.destroy(),
  'dies after headers': async (response: ServerResponse) => {
    response.flushHeaders()
    await sleep(2)
    response.socket?.destroy()
  },
  'dies in mid-word': async (response: ServerResponse) => {
    await sent(response, wordOf('We are') + wordOf(' open.').slice(0, 90))
    response.socket?.destroy()
  },
  'dies after its finish': async (response: ServerResponse) => {
    await sent(response, wordOf('We are open.') + FINISH)
    response.socket?.destroy()
  },
  'sends garbage': async (response: ServerResponse) => void response.end('\u0000{]garbage: \uFFFD'),
  'has too many requests': async (response: ServerResponse) => {
    response.writeHead(429, { 'retry-after': '7' }).end('{"error":{"message":"Slow down."}}')
  },
  'answers 500 in HTML': async (response: ServerResponse) => {
    response.writeHead(500, { 'content-type': 'text/html' }).end('<html><h1>Oops</h1></html>')
  },
  'says nothing': async () => {},
  'falls silent': async (response: ServerResponse) => void response.write(wordOf('We are')),
  'talks on': async (response: ServerResponse) => {
    while (!response.destroyed) {
      response.write(wordOf(' on'))
      await sleep(3)
    }
  },
} as const

/** How an upstream can fail, and how it can not. */
export type Manner = keyof typeof ANSWERS
export const MANNERS = Object.keys(ANSWERS) as readonly Manner[]

/** What it told of each answer that it ended well. */
const USAGE = { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 }
const ENVELOPE = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'm' }

/** A server that behaves as the last message of a request says, and counts. */
export interface FaultyUpstream extends AsyncDisposable {
  readonly url: string
  readonly server: Server
  readonly counts: { asked: number; aborted: number; input: number; output: number }
  /** Resolves when a request is there that says this. */
  readonly heard: (text: string) => Promise<unknown>
}

/** Starts one. */
export async function faultyUpstream(): Promise<FaultyUpstream> {
  const counts = { asked: 0, aborted: 0, input: 0, output: 0 }
  const heard = new EventEmitter().setMaxListeners(0)
  const server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      const { messages } = JSON.parse(Buffer.concat(pieces).toString()) as ChatRequest
      const text = messages.at(-1)!.content as string
      counts.asked += 1
      let isOwnEnd = false
      const manner = MANNERS.find((each) => text.startsWith(each))!
      response.on('close', () => {
        const { writableFinished } = response
        if (!writableFinished && !isOwnEnd) counts.aborted += 1
        if (endedWell.has(response)) {
          counts.input += USAGE.prompt_tokens
          counts.output += USAGE.completion_tokens
        }
      })
      if (manner.startsWith('dies')) isOwnEnd = true
      heard.emit(text)
      response.setHeader('content-type', 'text/event-stream')
      void ANSWERS[manner](response)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    server,
    counts,
    heard: (text) => once(heard, text),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** Resolves when it has left, so that it does not die with the connection. */
function sent(response: ServerResponse, text: string): Promise<void> {
  return new Promise((resolve) => response.write(text, () => resolve()))
}

const endedWell = new WeakSet<ServerResponse>()

function end(response: ServerResponse): void {
  endedWell.add(response)
  response.end(`${FINISH}${eventOf({ choices: [], usage: USAGE })}data: [DONE]\n\n`)
}

function wordOf(content: string): string {
  return eventOf({ choices: [{ index: 0, delta: { content }, finish_reason: null }] })
}

const FINISH = eventOf({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })

function eventOf(said: JsonObject): string {
  return `data: ${JSON.stringify({ ...ENVELOPE, ...said })}\n\n`
}
