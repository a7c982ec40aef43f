/** What options of a gateway can be at most. */
export const BOUNDS = { milliseconds: 600_000, retries: 5 } as const
