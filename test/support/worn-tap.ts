// A program of its own, since what is left of a tap is counted in the whole process: passes exchanges in
// two halves through `soundcheck tap`, and tells what it holds before, between and after. Needs --expose-gc.
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { run } from '../../src/cli/run.ts'
import { delta, event } from './exchanges.ts'
import { freePort } from './free-port.ts'

/** What the process holds. */
export interface TapHeld {
  readonly heapBytes: number
  readonly residentBytes: number
  readonly files: number
}

const TURNS = 4
const AT_ONCE = 4
/** Of so many answers, one is broken. */
const BROKEN_OF = 2
const KEPT = 100

const [half, folder] = [Number(process.argv[2]), process.argv[3]!]

let answers = 0
const server = createServer((asked, response) => {
  asked.resume().once('end', () => {
    const id = `chatcmpl-${++answers}`
    const chunk = (content: object, finish: string | null = null) =>
      delta(content, finish).replace(
        '{',
        `{"id":"${id}","object":"chat.completion.chunk","created":1,"model":"m",`,
      )
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(chunk({ role: 'assistant', content: `We open at nine, ${id}.` }))
    response.end(answers % BROKEN_OF === 0 ? '' : chunk({}, 'stop') + event('[DONE]'))
  })
})
await once(server.listen(0, '127.0.0.1'), 'listening')
const port = await freePort()
const upstream = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
const options = ['--port', String(port), '--save', folder, '--keep', String(KEPT)]
void run(['node', 'soundcheck', 'tap', upstream, ...options])

const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE })
let number = 0

async function ask(): Promise<void> {
  const [call, turn] = [Math.floor(number / TURNS), number % TURNS]
  number++
  const messages = Array.from({ length: turn + 1 }, (_, i) => [
    { role: 'user', content: `Question ${call}.${i}` },
    ...(i < turn ? [{ role: 'assistant', content: `We open at nine, ${i}.` }] : []),
  ]).flat()
  const asking = request(`http://127.0.0.1:${port}/v1/chat/completions`, {
    agent,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
  })
  asking.end(JSON.stringify({ model: 'm', stream: true, user_id: `call ${call}`, messages }))
  const [response] = (await once(asking, 'response')) as [NodeJS.ReadableStream]
  await text(response)
}

async function play(times: number): Promise<void> {
  let left = times
  const caller = async () => {
    while (left-- > 0) await ask()
  }
  await Promise.all(Array.from({ length: AT_ONCE }, caller))
}

/** What was saved last changes no more once all was judged. */
async function settled(): Promise<number> {
  for (let before = ''; ; await sleep(500)) {
    const names = (await readdir(folder)).toSorted()
    if (names.join() === before) return names.length
    before = names.join()
  }
}

async function held(): Promise<TapHeld> {
  const files = await settled()
  // What is freed may free more.
  for (let i = 0; i < 4; i++) {
    globalThis.gc!()
    await sleep(10)
  }
  const { heapUsed, rss } = process.memoryUsage()
  return { heapBytes: heapUsed, residentBytes: rss, files }
}

while (!(await fetch(`http://127.0.0.1:${port}/v1/models`).catch(() => false))) await sleep(50)
await play(half)
const first = await held()
await play(half)
const second = await held()
process.stdout.write(JSON.stringify([first, second]))
process.exit()
