import { SoundcheckError } from '../../endpoint/index.ts'

/** How requests follow each other. */
export type Load =
  /** So many at a time: the next one goes when one is over. */
  | { readonly kind: 'closed'; readonly concurrency: number }
  /** By the clock, however long answers take; `toRate` makes it a ramp. */
  | {
      readonly kind: 'open'
      readonly spacing: 'constant' | 'poisson'
      readonly ratePerSecond: number
      readonly toRatePerSecond?: number
    }

/** A part of the requests, for one of several machines. */
export interface Shard {
  /** From 0. */
  readonly index: number
  readonly count: number
}

/** How long a run lasts; whichever is reached first. */
export interface Extent {
  readonly warmupMs: number
  readonly durationMs: number
  readonly requests: number | null
}

/** @throws SoundcheckError for numbers that make no sense. */
export function checkLoad(
  load: Load,
  { warmupMs, durationMs, requests }: Extent,
  shard?: Shard,
): void {
  const numbers =
    load.kind === 'closed'
      ? { concurrency: load.concurrency }
      : { rate: load.ratePerSecond, toRate: load.toRatePerSecond ?? load.ratePerSecond }
  const positive = { ...numbers, durationMs, ...(requests !== null && { requests }) }
  for (const [name, value] of Object.entries(positive)) {
    if (!(value > 0 && Number.isFinite(value))) {
      throw new SoundcheckError('INVALID_INPUT', `${name} is ${value}; it must be more than 0`)
    }
  }
  if (!(warmupMs >= 0)) {
    throw new SoundcheckError('INVALID_INPUT', `warmupMs is ${warmupMs}; it must not be negative`)
  }
  // A shard without a slot would never send its part.
  if (shard && load.kind === 'closed' && load.concurrency < shard.count) {
    throw new SoundcheckError(
      'INVALID_INPUT',
      `concurrency is ${load.concurrency}; for ${shard.count} shards it must be ${shard.count} or more, since it is that of all of them together`,
    )
  }
}
