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
 * first one, since an answer without words has its moment too.
 */
export function dueTimes(
  count: number,
  pacing: Pacing,
  { seed, promptTokens, others }: Circumstances,
): number[] {
  const random = seededRandom(seed)
  const { ttft = 0, prefill = 0, slowdown = 0, jitter = 0, stalls = [] } = pacing
  const gap = pacing.gap ?? (pacing.tokensPerSecond ? 1_000 / pacing.tokensPerSecond : 0)
  const stretch = 1 + slowdown * others

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
