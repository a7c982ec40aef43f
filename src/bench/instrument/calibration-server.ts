// A thread that answers by a schedule in the request, and writes into each event when it was sent.
// Raw sockets: what it reports of itself must be true to the microsecond.
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'
import { monotonicNow } from '../lane/clock.ts'
import { calibrationEvents } from './calibration-events.ts'
import type { CalibrationRequest, CalibrationServerOptions } from './calibration-messages.ts'

const { slots, dialect } = workerData as CalibrationServerOptions
const events = calibrationEvents(dialect)
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
      socket.write(`${head}${chunk(events.last(dueMs.length))}0\r\n\r\n`, 'latin1')
      return onEnd()
    }
    const t = monotonicNow()
    const word = events.word({ rx, due: start + due, t })
    socket.write(`${head}${chunk(word)}`, 'latin1')
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

/** The text is ASCII. */
function chunk(text: string): string {
  return `${text.length.toString(16)}\r\n${text}\r\n`
}
