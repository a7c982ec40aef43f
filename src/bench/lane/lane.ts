// A thread that sends requests and stamps what comes back. It parses nothing.
import { parentPort } from 'node:worker_threads'
import { Pool } from 'undici'
import { threadOffset } from './clock.ts'
import { closedLoop } from './closed-loop.ts'
import { timedConnector } from './connection.ts'
import { growYoungGeneration } from './grow-young-generation.ts'
import type { LaneCommand, LaneMessage, LaneOrder } from './lane-messages.ts'
import { LoadMeter } from './load-meter.ts'
import { openLoop } from './open-loop.ts'
import { Outbox } from './outbox.ts'
import { PreciseTimer } from './precise-timer.ts'
import { scriptPlayer } from './script-player.ts'
import { Sender } from './sender.ts'

/** How long idle connections last is for the server to say. */
const KEEP_ALIVE_MS = 600_000

const port = parentPort!
const draining = new AbortController()
const aborting = new AbortController()
const post = (message: LaneMessage, transfer: ArrayBuffer[] = []) =>
  port.postMessage(message, transfer)

port.on('message', (command: LaneCommand) => {
  if (command.kind === 'go') void fly(command.order)
  if (command.kind !== 'go') draining.abort()
  if (command.kind === 'abort') aborting.abort()
})
growYoungGeneration()
post({ kind: 'ready' })

async function fly(order: LaneOrder): Promise<void> {
  const { load, scripts, startAtMs } = order
  const drain = draining.signal
  const zero = startAtMs - threadOffset()
  const pool = connectionPool(order)
  const timer = new PreciseTimer()
  const meter = new LoadMeter()
  const outbox = new Outbox((packed) =>
    post({ kind: 'flights', packed, inFlight: sender.inFlight }, [
      packed.stamps.buffer,
      packed.lengths.buffer,
      packed.bytes.buffer,
    ]),
  )
  const sender = new Sender(order, pool, zero, outbox, aborting.signal)
  const play = scriptPlayer(scripts, sender, drain)

  await timer.until(zero, drain)
  meter.start()
  if (load.kind === 'open') await openLoop(load, zero, play, timer, drain)
  else await closedLoop(load, zero, play, drain)
  const factor = meter.stop(timer.idleSpinMs)

  outbox.close()
  post({ kind: 'done', factor })
  void pool.destroy()
  port.close()
}

function connectionPool({ origin, proxy, load, timeoutMs }: LaneOrder): Pool {
  return new Pool(origin, {
    pipelining: 1,
    allowH2: false,
    // In a closed loop no slot may open a second one while its first is being put back.
    connections: load.kind === 'closed' ? load.slots : null,
    keepAliveTimeout: KEEP_ALIVE_MS,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: timedConnector(timeoutMs, proxy),
  })
}
