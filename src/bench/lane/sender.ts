import type { Pool } from 'undici'
import { answerId } from './answer-id.ts'
import { FlightRecorder } from './flight-recorder.ts'
import { goingOn } from './going-on.ts'
import type { FlightHead, LaneOrder, Step } from './lane-messages.ts'
import type { Outbox } from './outbox.ts'
import { PackedArrivals } from './packed-arrivals.ts'
import { wasClosedIdle } from './was-closed-idle.ts'

/** Of all answers under way: what 512 streams of a long story have, and less than memory. */
const MAX_HELD_BYTES = 512 * 1024 * 1024
/** Few answers are larger; room for those that are is not kept. */
const KEPT_BYTES = 64 * 1024

/** One turn of a script. */
export interface Sending
  extends Pick<FlightHead, 'index' | 'turn' | 'body' | 'previousId'>, Pick<Step, 'cancelAfterMs'> {
  /** On this thread's `performance.now()`. */
  readonly due: number
  /** Whether a later turn is to go on from the answer. */
  readonly isGoneOnFrom: boolean
}

/** Sends single requests, and knows those under way. */
export class Sender {
  readonly #order: LaneOrder
  readonly #pool: Pool
  readonly #zero: number
  readonly #outbox: Outbox
  readonly #abort: AbortSignal
  readonly #underWay = new Set<FlightRecorder>()
  /** Room for arrivals that is free to be used again. */
  readonly #room: PackedArrivals[] = []
  /** Bytes of the answers under way. */
  #held = 0

  /** `zero` is the start of the run on this thread's `performance.now()`; an abort hangs up. */
  constructor(order: LaneOrder, pool: Pool, zero: number, outbox: Outbox, abort: AbortSignal) {
    this.#order = order
    this.#pool = pool
    this.#zero = zero
    this.#outbox = outbox
    this.#abort = abort
    // A listener for each request would be looked for among those of all others.
    abort.addEventListener('abort', () => {
      for (const recorder of this.#underWay) recorder.hangUp()
    })
  }

  get inFlight(): number {
    return this.#underWay.size
  }

  /**
   * Sends one turn of a script, and puts what came of it into the outbox; resolves when it is over,
   * however it ended, with the id of the answer where it can be gone on from. What met a connection
   * that the server had closed while it was idle is sent again, as clients do.
   */
  async send(sending: Sending): Promise<string | undefined> {
    const { index, turn, body, previousId, cancelAfterMs, due, isGoneOnFrom } = sending
    const text = goingOn(this.#order.bodies[body]!, previousId)
    const cancelling = cancelAfterMs === null ? undefined : AbortSignal.timeout(cancelAfterMs)
    const packed = this.#room.pop() ?? new PackedArrivals(KEPT_BYTES)
    let recorder = this.#dispatch(text, packed, cancelling)
    const { calledAt } = recorder
    let recording = await recorder.recording
    let resent = false
    while (wasClosedIdle(recorder.idleMs, recording)) {
      resent = true
      this.#underWay.delete(recorder)
      recorder = this.#dispatch(text, packed, cancelling)
      recording = await recorder.recording
    }
    this.#underWay.delete(recorder)
    this.#held -= packed.size
    // Nobody reads it, and it would only keep the main thread from what it can judge.
    if (recording.end.how === 'too-large') packed.drop()
    recorder.release()
    const id = isGoneOnFrom ? answerId(packed.seen) : undefined
    const { sentAt, connectMs } = recorder
    const head = {
      index,
      turn,
      dueMs: due - this.#zero,
      calledMs: calledAt - this.#zero,
      wiredMs: sentAt === null ? null : sentAt - this.#zero,
      reused: sentAt !== null && connectMs === null,
      connectMs,
      resent,
      cancelled: cancelling?.aborted ?? false,
      body,
      previousId,
      response: recording.response,
      end: recording.end,
    }
    this.#outbox.put(head, packed)
    this.#room.push(packed)
    return id
  }

  #dispatch(body: string, packed: PackedArrivals, signal: AbortSignal | undefined): FlightRecorder {
    const { timeoutMs, terminator, path, headers } = this.#order
    const recorder = new FlightRecorder(
      {
        timeoutMs,
        terminator,
        ...(signal && { signal }),
      },
      packed,
      this.#takeRoom,
    )
    this.#underWay.add(recorder)
    if (this.#abort.aborted) recorder.hangUp()
    this.#pool.dispatch({ path, method: 'POST', headers: [...headers], body }, recorder)
    return recorder
  }

  readonly #takeRoom = (bytes: number): boolean => (this.#held += bytes) <= MAX_HELD_BYTES
}
