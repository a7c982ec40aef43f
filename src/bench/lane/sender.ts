import type { Pool } from 'undici'
import { DONE } from '../../protocol/index.ts'
import { FlightRecorder } from './flight-recorder.ts'
import type { Flight, LaneOrder } from './lane-messages.ts'
import { wasClosedIdle } from './was-closed-idle.ts'

const MAX_BYTES = 16 * 1024 * 1024

/** Sends single requests, and counts those under way. */
export class Sender {
  inFlight = 0
  readonly #order: LaneOrder
  readonly #pool: Pool
  readonly #zero: number
  readonly #abort: AbortSignal

  /** `zero` is the start of the run on this thread's `performance.now()`; an abort hangs up. */
  constructor(order: LaneOrder, pool: Pool, zero: number, abort: AbortSignal) {
    this.#order = order
    this.#pool = pool
    this.#zero = zero
    this.#abort = abort
  }

  /**
   * Sends one turn of a script; resolves when it is over, however it ended. What met a connection
   * that the server had closed while it was idle is sent again, as clients do.
   */
  async send(index: number, turn: number, due: number): Promise<Flight> {
    const { scripts } = this.#order
    const { body, cancelAfterMs } = scripts[Math.abs(index) % scripts.length]![turn]!
    const cancelling = cancelAfterMs === null ? undefined : AbortSignal.timeout(cancelAfterMs)
    const signal = cancelling ? AbortSignal.any([cancelling, this.#abort]) : this.#abort
    this.inFlight += 1
    let recorder = this.#dispatch(body, signal)
    const { calledAt } = recorder
    let recording = await recorder.recording
    let resent = false
    while (wasClosedIdle(recorder.idleMs, recording)) {
      resent = true
      recorder = this.#dispatch(body, signal)
      recording = await recorder.recording
    }
    this.inFlight -= 1
    recorder.release()
    const { wiredAt, connectMs } = recorder
    return {
      index,
      turn,
      dueMs: due - this.#zero,
      calledMs: calledAt - this.#zero,
      wiredMs: wiredAt === null ? null : wiredAt - this.#zero,
      reused: wiredAt !== null && connectMs === null,
      connectMs,
      resent,
      cancelled: cancelling?.aborted ?? false,
      body,
      response: recording.response,
      end: recording.end,
      ...recorder.packed.take(),
    }
  }

  #dispatch(body: number, signal: AbortSignal): FlightRecorder {
    const { timeoutMs, path, headers, bodies } = this.#order
    const recorder = new FlightRecorder({
      timeoutMs,
      maxBytes: MAX_BYTES,
      terminator: DONE,
      signal,
    })
    this.#pool.dispatch(
      { path, method: 'POST', headers: [...headers], body: bodies[body]! },
      recorder,
    )
    return recorder
  }
}
