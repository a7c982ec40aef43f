import type { Histogram } from 'node:perf_hooks'
import type { HttpProxy, Terminator } from '../../wire/index.ts'
import type { Recording } from '../../wire/node.ts'
import type { Packed } from './packed-arrivals.ts'

/** One request of a script, sent when the one before it is over. */
export interface Step {
  /** Which of the bodies to send. */
  readonly body: number
  /** How long the caller thinks or speaks before it. */
  readonly pauseMs: number
  /** Hangs up so many whole milliseconds after the call; `null`: never. */
  readonly cancelAfterMs: number | null
  /**
   * The body to send in place of it, with the id of the answer to an earlier step of the script, where
   * that answer can be gone on from.
   */
  readonly goesOn?: { readonly from: number; readonly body: number }
}

/** When a lane starts its scripts. Times count from the start of the run. */
export type LaneLoad =
  | {
      /** A script after the other in each slot. */
      readonly kind: 'closed'
      readonly slots: number
      /** No script starts later. */
      readonly endMs: number
      /** The measured scripts of this lane; warm-up scripts come on top. */
      readonly indexes: { readonly first: number; readonly step: number; readonly end: number }
      readonly warmupMs: number
    }
  | {
      /** A script at each due time, however many are under way. */
      readonly kind: 'open'
      /** Rising. */
      readonly dueMs: Float64Array
      /** The scripts; those of the warm-up are negative. */
      readonly indexes: Int32Array
    }

/** What the main thread asks of a lane. */
export interface LaneOrder {
  readonly origin: string
  readonly proxy?: HttpProxy | undefined
  /** As the next hop is told it. */
  readonly path: string
  /** Names and values in turn. */
  readonly headers: readonly string[]
  readonly bodies: readonly string[]
  /** The script of index `i` is `scripts[i % scripts.length]`. */
  readonly scripts: readonly (readonly Step[])[]
  readonly load: LaneLoad
  readonly timeoutMs: number
  /** What ends each answer. */
  readonly terminator: Terminator
  /** On the monotonic clock. */
  readonly startAtMs: number
}

/** One request as a lane saw it. Times count from the start of the run; stamps, from `wiredMs`. */
export interface Flight extends FlightHead, Packed {}

/** A flight without what came back. */
export interface FlightHead {
  /** The script; negative within the warm-up. */
  readonly index: number
  readonly turn: number
  /** When it should have been sent; when it was called for; when it went out on a connection. */
  readonly dueMs: number
  readonly calledMs: number
  readonly wiredMs: number | null
  /** Whether the connection had carried a request before. */
  readonly reused: boolean
  /** How long that connection took to make; of a reused one, `null`. */
  readonly connectMs: number | null
  /** Whether it was sent again, since the server had closed an idle connection under it. */
  readonly resent: boolean
  /** Hung up on purpose. */
  readonly cancelled: boolean
  readonly body: number
  /** The id of the answer that it went on from, which its body does not have. */
  readonly previousId?: string | undefined
  readonly response: Recording['response']
  readonly end: Recording['end']
}

/** Flights on their way to the main thread: what came back to them is in one piece. */
export interface PackedFlights extends Packed {
  readonly flights: readonly PackedFlight[]
}

export interface PackedFlight {
  readonly head: FlightHead
  /** How many of the reads, and of the bytes, are its own. */
  readonly reads: number
  readonly size: number
}

/** How busy a lane was while it measured. */
export interface LaneLoadFactor {
  /** Share of the time in which the event loop had work, waiting for a due time not counted. */
  readonly eventLoopUtilization: number
  /** Milliseconds of garbage collection. */
  readonly gcMs: number
  /** How long it waited each time for what was due after `WAKE_MS`, in nanoseconds. */
  readonly wakes: Histogram
}

export type LaneMessage =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'flights'
      readonly packed: PackedFlights
      readonly inFlight: number
    }
  | { readonly kind: 'done'; readonly factor: LaneLoadFactor }

export type LaneCommand =
  | { readonly kind: 'go'; readonly order: LaneOrder }
  /** `drain` starts nothing more; `abort` also hangs up. */
  | { readonly kind: 'drain' | 'abort' }
