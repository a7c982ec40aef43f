import { once } from 'node:events'
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { monotonicNow } from './clock.ts'
import { Inbox } from './inbox.ts'
import type {
  Flight,
  LaneCommand,
  LaneLoad,
  LaneLoadFactor,
  LaneMessage,
  LaneOrder,
  PackedFlights,
} from './lane-messages.ts'
import { unpackFlights } from './unpack-flights.ts'

const MAX_WAITING_BYTES = 128 * 1024 * 1024
/** A flight takes about so much memory beside its bytes and stamps. */
const FLIGHT_BYTES = 2_048

/** From the last lane being ready to the first send. */
const LEAD_MS = 50

/** Twice the default; see `grow-young-generation.ts`. */
const YOUNG_GENERATION_MIB = 96

export interface RunLanesOptions {
  /** Called with the start of the run, on the monotonic clock, a moment before it. */
  readonly onStart?: (startAtMs: number) => void
  /** Called with what has come back since the last time, and how many requests are under way. */
  readonly onFlights: (flights: readonly Flight[], inFlight: number) => void
  /**
   * Called when more waits than `maxWaitingBytes`: answers come faster than `onFlights` takes them,
   * and memory would grow for as long as the run.
   */
  readonly onBehind?: () => void
  /** 128 MiB when absent. */
  readonly maxWaitingBytes?: number
  /** Starts nothing more; what is under way comes to its end. */
  readonly drain: AbortSignal
  /** Hangs up. */
  readonly abort: AbortSignal
}

/**
 * Sends requests from one thread for each load, all starting at the same moment: at `startAtMs` on
 * the monotonic clock, or as soon as all are ready.
 */
export async function runLanes(
  order: Omit<LaneOrder, 'load' | 'startAtMs'> & { readonly startAtMs?: number },
  loads: readonly LaneLoad[],
  options: RunLanesOptions,
): Promise<LaneLoadFactor[]> {
  const { maxWaitingBytes = MAX_WAITING_BYTES } = options
  const file = new URL(`./lane${extname(import.meta.url)}`, import.meta.url)
  const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_GENERATION_MIB }
  const lanes = loads.map(() => new Worker(file, { resourceLimits }))
  const command = (message: LaneCommand) => {
    for (const lane of lanes) lane.postMessage(message)
  }
  const drain = () => command({ kind: 'drain' })
  const abort = () => command({ kind: 'abort' })
  try {
    await Promise.all(lanes.map((lane) => once(lane, 'message')))
    const startAtMs = Math.max(order.startAtMs ?? 0, monotonicNow() + LEAD_MS)
    options.onStart?.(startAtMs)
    const inFlight = lanes.map(() => 0)
    let waiting = 0
    const done = lanes.map((lane, i) => {
      const { promise, resolve, reject } = Promise.withResolvers<LaneLoadFactor>()
      lane.once('error', reject)
      const inbox = new Inbox((message: LaneMessage | { readonly kind: 'ended' }) => {
        if (message.kind === 'done') resolve(message.factor)
        if (message.kind === 'ended') reject(new Error('a lane ended early'))
        if (message.kind !== 'flights') return
        waiting -= sizeOf(message.packed)
        inFlight[i] = message.inFlight
        options.onFlights(
          unpackFlights(message.packed),
          inFlight.reduce((sum, count) => sum + count, 0),
        )
      })
      lane.on('message', (message: LaneMessage) => {
        inbox.put(message)
        if (message.kind === 'flights') waiting += sizeOf(message.packed)
        if (waiting > maxWaitingBytes) options.onBehind?.()
      })
      lane.once('exit', () => inbox.put({ kind: 'ended' }))
      lane.postMessage({
        kind: 'go',
        order: { ...order, load: loads[i]!, startAtMs },
      } satisfies LaneCommand)
      return promise
    })
    if (options.drain.aborted) drain()
    if (options.abort.aborted) abort()
    options.drain.addEventListener('abort', drain, { once: true })
    options.abort.addEventListener('abort', abort, { once: true })
    return await Promise.all(done)
  } finally {
    options.drain.removeEventListener('abort', drain)
    options.abort.removeEventListener('abort', abort)
    await Promise.all(lanes.map((lane) => lane.terminate()))
  }
}

function sizeOf({ flights, stamps, lengths, bytes }: PackedFlights): number {
  return flights.length * FLIGHT_BYTES + stamps.byteLength + lengths.byteLength + bytes.byteLength
}
