/** Checks whose mutants keep a client waiting: for their pace, or until it gives up. */
const SLOW = /^latency\/|^(?:errors\/error-in-200|errors\/method|transport\/closes-after-done)$/

/** Puts those first that take their time to be played, so that the others are played meanwhile. */
export function slowestFirst<T extends { readonly id: string }>(checks: readonly T[]): T[] {
  const isSlow = ({ id }: T) => Number(SLOW.test(id))
  return checks.toSorted((a, b) => isSlow(b) - isSlow(a))
}
