import type { Check } from '../../conformance/index.ts'

/** What there is to say about a check, as JSON data. */
export function describeCheck({ inspect: _, compare: __, mutants, ...check }: Check): object {
  return { ...check, mutants: Object.keys(mutants) }
}
