import { draw, seededRandom } from './draw.ts'
import type { Pacing } from './pacing.ts'

export interface Circumstances {
  readonly seed: number
  /** Tokens of the prompt. */
  readonly promptTokens: number
  /** Other answers under way. */
  readonly others: number
}

/**
 * Tells when each of so many tokens is due, in milliseconds since the request. There is always a
 * first one, since an answer without words has its moment too; of one that was recorded, the end may
 * have its own.
 */
export function dueTimes(
  count: number,
  pacing: Pacing,
  { seed, promptTokens, others }: Circumstances,
): number[] {
  const { slowdown = 0, speed = 1, recorded } = pacing
  const stretch = (1 + slowdown * others) / speed
  if (recorded) return asRecorded(recorded, count).map((time) => time * stretch)

  const random = seededRandom(seed)
  const { ttft = 0, prefill = 0, jitter = 0, stalls = [] } = pacing
  const gap = pacing.gap ?? (pacing.tokensPerSecond ? 1_000 / pacing.tokensPerSecond : 0)
  let now = draw(ttft, random, seed) + prefill * promptTokens
  const times = [now * stretch]
  for (let token = 1; token < count; token++) {
    now += draw(gap, random, token - 1) * (jitter > 0 ? 1 + jitter * (2 * random() - 1) : 1)
    for (const stall of stalls) {
      if (stall.after === token) now += draw(stall.ms, random, token)
    }
    times.push(now * stretch)
  }
  return times
}

/** Where there are more tokens than were recorded, they come with the end. */
function asRecorded(recorded: readonly number[], count: number): number[] {
  const last = recorded.at(-1)!
  const times = Array.from({ length: Math.max(count, 1) }, (_, token) => recorded[token] ?? last)
  return recorded.length > times.length ? [...times, recorded[times.length]!] : times
}
