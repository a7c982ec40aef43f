import { chat } from '../../protocol/index.ts'
// A thread that answers by a schedule in the request, and writes into each event when it was sent.
// Raw sockets: what it reports of itself must be true to the microsecond.
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'
import { monotonicNow } from '../lane/clock.ts'
import type { CalibrationRequest, CalibrationServerOptions } from './calibration-messages.ts'

const { slots } = workerData as CalibrationServerOptions
const HEAD =
  'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\ntransfer-encoding: chunked\r\n\r\n'
const END_OF_HEAD = Buffer.from('\r\n\r\n')

const port = parentPort!
const server = createServer({ noDelay: true }, (socket) => {
  let received: Buffer = Buffer.alloc(0)
  socket.on('error', () => {})
  socket.on('data', (piece: Buffer) => {
    received = received.length === 0 ? piece : Buffer.concat([received, piece])
    for (;;) {
      const body = received.indexOf(END_OF_HEAD) + END_OF_HEAD.length
      if (body < END_OF_HEAD.length) return
      const head = received.subarray(0, body).toString('latin1')
      const length = Number(/content-length: *(\d+)/i.exec(head)?.[1] ?? 0)
      if (received.length < body + length) return
      const text = received.subarray(body, body + length).toString()
      received = received.subarray(body + length)
      serve(socket, (JSON.parse(text) as CalibrationRequest).calibration.dueMs)
    }
  })
})
server.listen(0, '127.0.0.1', () => port.postMessage((server.address() as AddressInfo).port))

const waiting: (() => void)[] = []
let busy = 0

/** With `slots`, so many answers at a time; the others wait in line. */
function serve(socket: Socket, dueMs: readonly number[]): void {
  const rx = monotonicNow()
  const start = () => {
    busy += 1
    answer(socket, dueMs, rx, monotonicNow(), () => {
      busy -= 1
      waiting.shift()?.()
    })
  }
  if (slots !== undefined && busy >= slots) waiting.push(start)
  else start()
}

function answer(
  socket: Socket,
  dueMs: readonly number[],
  rx: number,
  start: number,
  onEnd: () => void,
): void {
  let next = 0
  let sentHead = false
  const tick = () => {
    if (socket.destroyed) return onEnd()
    const due = dueMs[next++]
    const head = sentHead ? '' : HEAD
    sentHead = true
    if (due === undefined) {
      socket.write(`${head}${chunk(lastEvents(dueMs.length))}0\r\n\r\n`, 'latin1')
      return onEnd()
    }
    const t = monotonicNow()
    const choice = '"choices":[{"index":0,"delta":{"content":"word "},"finish_reason":null}]'
    const stamps = `"calibration":{"rx":${rx},"due":${start + due},"t":${t}}`
    socket.write(
      `${head}${chunk(`data: {"id":"c","object":"chat.completion.chunk","created":0,"model":"c",${choice},${stamps}}\n\n`)}`,
      'latin1',
    )
    wait()
  }
  const wait = () => {
    const due = dueMs[next]
    const delay = due === undefined ? 0 : start + due - monotonicNow()
    if (delay <= 0) setImmediate(tick)
    else setTimeout(tick, delay)
  }
  wait()
}

function lastEvents(tokens: number): string {
  const event = (rest: string) =>
    `data: {"id":"c","object":"chat.completion.chunk","created":0,"model":"c",${rest}}\n\n`
  const finish = event('"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]')
  const usage = event(
    `"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":${tokens},"total_tokens":${tokens + 1}}`,
  )
  return `${finish}${usage}data: ${chat.terminator.data}\n\n`
}

/** The text is ASCII. */
function chunk(text: string): string {
  return `${text.length.toString(16)}\r\n${text}\r\n`
}
