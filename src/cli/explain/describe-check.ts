import type { Check } from '../../conformance/index.ts'

/** What there is to say about a check, as JSON data. */
export function describeCheck({
  inspect: _,
  compare: __,
  mutants,
  mutantsIn = {},
  ...check
}: Check): object {
  const names = [mutants, ...Object.values(mutantsIn)].flatMap(Object.keys)
  return { ...check, mutants: [...new Set(names)] }
}
