// A thread in which bytes pass, whatever keeps the one busy that takes exchanges.
import { parentPort, workerData } from 'node:worker_threads'
import { openPass } from './open-pass.ts'
import type { PassCommand, PassMessage, PassOrder } from './pass-messages.ts'

const port = parentPort!
const { upstream, ...order } = workerData as PassOrder
const post = (message: PassMessage) => port.postMessage(message)
let taken = () => {}

const pass = await openPass({
  ...order,
  upstream: new URL(upstream),
  onExchange(exchange, info) {
    post({ kind: 'exchange', exchange, info })
    return new Promise<void>((resolve) => (taken = resolve))
  },
  onConnection: (connection, event) => post({ kind: 'connection', connection, event }),
})
port.on('message', (command: PassCommand) => {
  if (command === 'taken') taken()
  else void pass.close().then(() => post({ kind: 'closed' }))
})
post({ kind: 'listening', url: pass.url })
