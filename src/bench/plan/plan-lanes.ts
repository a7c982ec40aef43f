import { availableParallelism } from 'node:os'
import type { LaneLoad } from '../lane/lane-messages.ts'
import { dueTimes } from './arrivals.ts'
import type { Extent, Load, Shard } from './load.ts'

/** One thread measures about so many streams well. */
const STREAMS_PER_LANE = 512
/** Answers last about so long, where nothing better is known. */
const ASSUMED_ANSWER_S = 2

const WHOLE: Shard = { index: 0, count: 1 }

/** How many threads share the work of a shard. */
export function lanesFor(load: Load, shard: Shard = WHOLE): number {
  const streams = load.kind === 'closed' ? load.concurrency : peakRate(load) * ASSUMED_ANSWER_S
  return Math.max(
    1,
    Math.min(
      Math.ceil(streams / shard.count / STREAMS_PER_LANE),
      availableParallelism(),
      load.kind === 'closed' ? load.concurrency : Infinity,
    ),
  )
}

/**
 * Deals a run out to threads. Request `i` of the whole run goes to shard `i % shard.count`, and
 * within it round the threads: the requests of all shards are those of one run with the same seed.
 */
export function planLanes(
  load: Load,
  extent: Extent,
  seed: number,
  shard: Shard = WHOLE,
  lanes = lanesFor(load, shard),
): LaneLoad[] {
  return Array.from({ length: lanes }, (_, lane) =>
    load.kind === 'closed'
      ? closedLoad(load.concurrency, extent, lane, lanes, shard)
      : openLoad(load, extent, seed, lane, lanes, shard),
  )
}

function peakRate(load: Extract<Load, { kind: 'open' }>): number {
  return Math.max(load.ratePerSecond, load.toRatePerSecond ?? 0)
}

function closedLoad(
  concurrency: number,
  { warmupMs, durationMs, requests }: Extent,
  lane: number,
  lanes: number,
  shard: Shard,
): LaneLoad {
  const ownSlots = part(concurrency, shard.index, shard.count)
  return {
    kind: 'closed',
    slots: part(ownSlots, lane, lanes),
    endMs: warmupMs + durationMs,
    indexes: {
      first: shard.index + lane * shard.count,
      step: lanes * shard.count,
      end: requests ?? Infinity,
    },
    warmupMs,
  }
}

function openLoad(
  load: Extract<Load, { kind: 'open' }>,
  { warmupMs, durationMs, requests }: Extent,
  seed: number,
  lane: number,
  lanes: number,
  shard: Shard,
): LaneLoad {
  const { spacing, ratePerSecond: from, toRatePerSecond: to = from } = load
  const own = (_: number, i: number) =>
    i % shard.count === shard.index && Math.floor(i / shard.count) % lanes === lane
  const warmup = dueTimes({ spacing, ratePerSecond: [from, from], durationMs: warmupMs }, seed + 1)
  const measured = dueTimes({ spacing, ratePerSecond: [from, to], durationMs }, seed).slice(
    0,
    requests ?? undefined,
  )
  return {
    kind: 'open',
    dueMs: Float64Array.from([
      ...warmup.filter(own),
      ...measured.filter(own).map((due) => warmupMs + due),
    ]),
    indexes: Int32Array.from([
      ...warmup.map((_, i) => -1 - i).filter(own),
      ...measured.map((_, i) => i).filter(own),
    ]),
  }
}

/** The share of one of several in a whole number, as even as can be. */
function part(whole: number, index: number, count: number): number {
  return Math.floor((whole * (index + 1)) / count) - Math.floor((whole * index) / count)
}
