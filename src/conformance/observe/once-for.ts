import type { Observation } from '../check/define-check.ts'

/** Reports several offenders once: the first one, and how many there are. */
export function* onceFor<T>(
  offenders: Iterable<T>,
  observe: (first: T) => Observation,
): Generator<Observation, void> {
  const [first, ...others] = offenders
  if (first !== undefined) yield { ...observe(first), count: others.length + 1 }
}
