import type { Dialect } from '../../protocol/index.ts'
import type { Check, Mutants } from './define-check.ts'

/** The faults that a check must notice in answers of a dialect. */
export function mutantsOf({ mutants, mutantsIn }: Check, { id }: Dialect): Mutants {
  const own = mutantsIn?.[id]
  return own ? { ...mutants, ...own } : mutants
}
