// A thread that sends requests and stamps what comes back. It parses nothing.
import { PerformanceObserver } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { parentPort } from 'node:worker_threads'
import { Pool } from 'undici'
import { DONE } from '../../protocol/index.ts'
import { threadOffset } from './clock.ts'
import { FlightRecorder, timedConnector } from './flight-recorder.ts'
import type { Flight, LaneCommand, LaneMessage, LaneOrder } from './lane-messages.ts'
import { PreciseTimer } from './precise-timer.ts'

const MAX_BYTES = 16 * 1024 * 1024
const FLUSH_MS = 100
const FLUSH_FLIGHTS = 64
/** Each slot warms up with so many requests at least, whatever the time. */
const WARMUP_REQUESTS = 2
/** Slots start one after the other within the warm-up: in step, they would only measure each other. */
const STAGGER_MS = 1_000

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
post({ kind: 'ready' })

async function fly(order: LaneOrder): Promise<void> {
  const { origin, load, startAtMs } = order
  /** The start of the run on this thread's `performance.now()`. */
  const zero = startAtMs - threadOffset()
  const pool = new Pool(origin, {
    pipelining: 1,
    allowH2: false,
    // In a closed loop no slot may open a second one while its first is being put back.
    connections: load.kind === 'closed' ? load.slots : null,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: timedConnector(order.timeoutMs),
  })
  const timer = new PreciseTimer()
  let gcMs = 0
  const gc = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) gcMs += duration
  })
  gc.observe({ entryTypes: ['gc'] })

  const finished: Flight[] = []
  let inFlight = 0
  const flush = () => {
    const flights = finished.splice(0)
    const buffers = flights.flatMap(({ stamps, lengths, bytes }) => [
      stamps.buffer as ArrayBuffer,
      lengths.buffer as ArrayBuffer,
      bytes.buffer as ArrayBuffer,
    ])
    post({ kind: 'flights', flights, inFlight }, buffers)
  }
  const flushing = setInterval(flush, FLUSH_MS)

  const send = async (index: number, turn: number, due: number): Promise<Flight> => {
    const { body, cancelAfterMs } = order.scripts[Math.abs(index) % order.scripts.length]![turn]!
    const cancelling = cancelAfterMs === null ? undefined : AbortSignal.timeout(cancelAfterMs)
    const recorder = new FlightRecorder({
      timeoutMs: order.timeoutMs,
      maxBytes: MAX_BYTES,
      terminator: DONE,
      signal: cancelling ? AbortSignal.any([cancelling, aborting.signal]) : aborting.signal,
    })
    inFlight += 1
    pool.dispatch(
      { path: order.path, method: 'POST', headers: [...order.headers], body: order.bodies[body]! },
      recorder,
    )
    const recording = await recorder.recording
    inFlight -= 1
    const { calledAt, wiredAt, connectMs } = recorder
    return {
      index,
      turn,
      dueMs: due - zero,
      calledMs: calledAt - zero,
      wiredMs: wiredAt === null ? null : wiredAt - zero,
      reused: wiredAt !== null && connectMs === null,
      connectMs,
      cancelled: cancelling?.aborted ?? false,
      body,
      response: recording.response,
      end: recording.end,
      ...recorder.packed.take(),
    }
  }

  const play = async (index: number, due: number): Promise<void> => {
    const script = order.scripts[Math.abs(index) % order.scripts.length]!
    for (const [turn, { pauseMs }] of script.entries()) {
      if (turn > 0 && draining.signal.aborted) return
      if (pauseMs > 0) {
        await sleep(pauseMs, undefined, { signal: draining.signal }).catch(() => {})
      }
      const flight = await send(index, turn, turn === 0 ? due : performance.now())
      finished.push(flight)
      if (finished.length >= FLUSH_FLIGHTS) flush()
    }
  }

  await timer.until(zero, draining.signal)
  const before = performance.eventLoopUtilization()
  if (load.kind === 'open') {
    const playing: Promise<void>[] = []
    for (const [i, index] of load.indexes.entries()) {
      const due = zero + load.dueMs[i]!
      await timer.until(due, draining.signal)
      if (draining.signal.aborted) break
      playing.push(play(index, due))
    }
    await Promise.all(playing)
  } else {
    let { first: next } = load.indexes
    let nextWarmup = -1
    const slot = async (_: unknown, i: number) => {
      const stagger = (Math.min(load.warmupMs, STAGGER_MS) * i) / load.slots
      await sleep(Math.max(0, zero + stagger - performance.now()))
      for (let sent = 0; !draining.signal.aborted; sent++) {
        const now = performance.now() - zero
        if (now >= load.endMs) return
        if (load.warmupMs > 0 && (now < load.warmupMs || sent < WARMUP_REQUESTS)) {
          await play(nextWarmup--, now + zero)
          continue
        }
        if (next >= load.indexes.end) return
        const index = next
        next += load.indexes.step
        await play(index, now + zero)
      }
    }
    await Promise.all(Array.from({ length: load.slots }, slot))
  }
  const { active, idle } = performance.eventLoopUtilization(before)
  clearInterval(flushing)
  flush()
  gc.disconnect()
  const busy = Math.max(0, active - timer.idleSpinMs)
  post({
    kind: 'done',
    factor: { eventLoopUtilization: active + idle > 0 ? busy / (active + idle) : 0, gcMs },
  })
  void pool.destroy()
  port.close()
}
