/** The first of several offenders, and how many there are. */
export interface Tally<T> {
  readonly first: T
  readonly count: number
}

/** Sums up offenders, so that a fault in every chunk is told once; nothing when there are none. */
export function* tally<T>(offenders: Iterable<T>): Generator<Tally<T>> {
  const all = [...offenders]
  const [first] = all
  if (first === undefined) return
  yield { first, count: all.length }
}
