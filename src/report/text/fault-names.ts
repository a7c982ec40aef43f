import type { Check } from '../../conformance/index.ts'

/** The names of the faults that a check must notice, in whichever dialect. */
export function faultNames({ mutants, mutantsIn = {} }: Check): string[] {
  return [...new Set([mutants, ...Object.values(mutantsIn)].flatMap(Object.keys))]
}
