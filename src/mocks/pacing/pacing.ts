/** A number, or what numbers are drawn from, by seed. In milliseconds; nothing below 0 is drawn. */
export type Distribution =
  | number
  | { readonly distribution: 'constant'; readonly value: number }
  | { readonly distribution: 'normal'; readonly mean: number; readonly deviation: number }
  /** `sigma` is the deviation of the logarithm: 0.5 is lively, 1 has a heavy tail. */
  | { readonly distribution: 'lognormal'; readonly median: number; readonly sigma: number }
  /** The smaller `alpha`, the heavier the tail; at 1 and below it has no mean. */
  | { readonly distribution: 'pareto'; readonly least: number; readonly alpha: number }
  /** Values that were measured, in their order, from the start again when they run out. */
  | { readonly distribution: 'recorded'; readonly values: readonly number[] }

export interface Stall {
  /** The token after which nothing comes for a while, counted from 1. */
  readonly after: number
  readonly ms: Distribution
}

/** How fast an answer comes. All at once, when nothing is given. */
export interface Pacing {
  /** From the request to the first token, in milliseconds. */
  readonly ttft?: Distribution
  /** From each token to the next: a rate, or else `gap`. */
  readonly tokensPerSecond?: number
  /** From each token to the next, in milliseconds. */
  readonly gap?: Distribution
  /** Varies each gap by up to this share of it, from 0 to 1. */
  readonly jitter?: number
  readonly stalls?: readonly Stall[]
  /** Milliseconds that each token of the prompt adds to `ttft`. */
  readonly prefill?: number
  /**
   * When each token came, in milliseconds from the request, in place of all that draws times; one more
   * says when the answer ended.
   */
  readonly recorded?: readonly number[]
  /** How many times as fast all of it comes: 1 when absent. */
  readonly speed?: number
  /** Share by which each other answer under way stretches all times: 0.01 doubles them at 100. */
  readonly slowdown?: number
}
