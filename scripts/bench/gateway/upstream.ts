// What stands behind every gateway: it does as little as a server on `node:http` can, and says as its
// words when it was asked and when it spoke, by a clock that all processes share.
import { createServer, type ServerResponse } from 'node:http'
import { monotonicNow } from '../../../src/bench/lane/clock.ts'
import { listening } from '../listening.ts'
import { runAt } from '../pacer.ts'
import { paceIn, type Pace } from './workload.ts'

const HEADERS = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' }
const ENVELOPE =
  '"id":"chatcmpl-00000000000","object":"chat.completion.chunk","created":1767225600,"model":"custom-model","service_tier":"default","system_fingerprint":"fp_0000000000"'
const chunk = (delta: string, finish = 'null') =>
  `data: {${ENVELOPE},"choices":[{"index":0,"delta":{${delta}},"logprobs":null,"finish_reason":${finish}}],"usage":null}\n\n`

const ROLE = chunk('"role":"assistant","content":"","refusal":null')
const [BEFORE, BEHIND] = chunk('"content":"?"').split('?')
const FINISH = chunk('', '"stop"')
const USAGE = `data: {${ENVELOPE},"choices":[],"usage":{"prompt_tokens":230,"completion_tokens":40,"total_tokens":270}}\n\n`

const server = createServer((request, response) => {
  const pieces: Buffer[] = []
  request.on('data', (piece: Buffer) => pieces.push(piece))
  request.on('end', () => {
    const askedAt = monotonicNow()
    const body = Buffer.concat(pieces).toString()
    const { stream_options } = JSON.parse(body) as { stream_options?: { include_usage?: boolean } }
    response.writeHead(200, HEADERS)
    const end = `${FINISH}${stream_options?.include_usage ? USAGE : ''}data: [DONE]\n\n`
    say(response, paceIn(body), { askedAt, begunAt: performance.now(), end }, 0)
  })
})
process.stdout.write(`${await listening(server)}\n`)

interface Answer {
  readonly askedAt: number
  readonly begunAt: number
  readonly end: string
}

function say(response: ServerResponse, pace: Pace, answer: Answer, said: number): void {
  if (response.destroyed) return
  if (said > 0) {
    const spokenAt = monotonicNow().toFixed(3)
    const word = ` ${said === 1 ? `${answer.askedAt.toFixed(3)}>` : ''}${spokenAt}`
    const text = `${said === 1 ? ROLE : ''}${BEFORE}${word}${BEHIND}`
    if (said === pace.words) return void response.end(text + answer.end)
    response.write(text)
  }
  const at = answer.begunAt + (said + 1) * pace.gapMs
  runAt(at, () => say(response, pace, answer, said + 1))
}
