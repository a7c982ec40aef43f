/** The first of several offenders, and how many more there are. */
export interface Tally<T> {
  readonly first: T
  readonly count: number
  /** ` (5 times)`, or nothing for a single one. */
  readonly times: string
}

/** Sums up offenders, so that a fault in every chunk is told once; nothing when there are none. */
export function* tally<T>(offenders: Iterable<T>): Generator<Tally<T>> {
  const all = [...offenders]
  const [first] = all
  if (first === undefined) return
  yield { first, count: all.length, times: all.length > 1 ? ` (${all.length} times)` : '' }
}
