import { subscribe } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'
import { buildConnector, type Dispatcher } from 'undici'
import type { Arrival } from '../../wire/index.ts'
import { Recorder } from '../../wire/node.ts'
import { PackedArrivals } from './packed-arrivals.ts'

/** A socket, and how long it took to make; forgotten with its first request. */
const fresh = new WeakMap<object, number>()
/** A socket, and when its last request was over. */
const idleSince = new WeakMap<object, number>()
/** undici announces a request and then its socket, in one go. */
let announced: FlightRecorder | undefined

subscribe('undici:client:sendHeaders', (message) => {
  if (!announced) return
  const { socket } = message as { socket: object }
  announced.socket = socket
  announced.connectMs = fresh.get(socket) ?? null
  announced.idleMs = performance.now() - (idleSince.get(socket) ?? Infinity)
  fresh.delete(socket)
  announced = undefined
})

/** Makes connections, and takes their time: name resolution, TCP and TLS. */
export function timedConnector(timeoutMs: number): buildConnector.connector {
  const connect = buildConnector({ timeout: timeoutMs, allowH2: false })
  return (options, callback) => {
    const start = performance.now()
    connect(options, (...result) => {
      const socket: Socket | null = result[1]
      if (socket) fresh.set(socket, performance.now() - start)
      callback(...result)
    })
  }
}

/**
 * A recorder that also knows when its request went out, and on what kind of connection. It packs
 * what arrives: its recording has no arrivals.
 */
export class FlightRecorder extends Recorder {
  readonly packed = new PackedArrivals()
  readonly calledAt = performance.now()
  wiredAt: number | null = null
  socket: object | null = null
  /** `null` on a connection that had carried a request before. */
  connectMs: number | null = null
  /** How long its connection had been idle; negative for a new one. */
  idleMs = -Infinity

  override onRequestStart(controller: Dispatcher.DispatchController): void {
    super.onRequestStart(controller)
    this.wiredAt = performance.now()
    announce(this)
  }

  /** Tells that the connection is idle from now on. */
  release(): void {
    if (this.socket) idleSince.set(this.socket, performance.now())
  }

  protected override keep({ atMs, bytes }: Arrival): void {
    this.packed.add(atMs, bytes)
  }
}

function announce(recorder: FlightRecorder): void {
  announced = recorder
}
