import { subscribe } from 'node:diagnostics_channel'
import type { Dispatcher } from 'undici'
import type { Recording } from '../../wire/node.ts'
import { FlightRecorder } from './flight-recorder.ts'

/** Servers do not close connections that have been idle for less. */
const IDLE_MS = 1_000

const idleSince = new WeakMap<object, number>()
/** undici announces a request and then its socket, in one go. */
let announced: IdleAwareRecorder | undefined

subscribe('undici:client:sendHeaders', (message) => {
  if (!announced) return
  const { socket } = message as { socket: object }
  announced.socket = socket
  announced.idleMs = performance.now() - (idleSince.get(socket) ?? Infinity)
  announced = undefined
})

/** A recorder that knows how long its connection had been idle. */
export class IdleAwareRecorder extends FlightRecorder {
  socket: object | null = null
  /** Negative for a connection that had not been used. */
  idleMs = 0

  override onRequestStart(controller: Dispatcher.DispatchController): void {
    super.onRequestStart(controller)
    announce(this)
  }
}

function announce(recorder: IdleAwareRecorder): void {
  announced = recorder
}

/** Tells that the connection of a request is idle again. */
export function markIdle({ socket }: IdleAwareRecorder): void {
  if (socket) idleSince.set(socket, performance.now())
}

/**
 * Whether a request met a connection that the server had closed while it was idle: it broke before
 * anything came back. On a new one, or a busy one, that is a failure.
 */
export function wasClosedIdle(
  { idleMs }: IdleAwareRecorder,
  { end, response }: Recording,
): boolean {
  const isBroken =
    end.how === 'failed' && (end.reason === 'reset' || end.reason === 'premature-end')
  return isBroken && response === null && idleMs >= IDLE_MS
}
