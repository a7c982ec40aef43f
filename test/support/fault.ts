import type { Dialect } from '../../src/protocol/index.ts'
import type { Fault } from '../../src/wire/index.ts'
import { mutantsIn } from './mutants.ts'

/** A fault by its check and its name. */
export function faultOf(
  checkId: string,
  name: string,
  dialect?: Dialect,
): { readonly fault: Fault } {
  const mutant = mutantsIn(dialect).find((each) => each.id === checkId && each.name === name)
  if (!mutant) throw new Error(`there is no fault ${checkId} ${name}`)
  return { fault: mutant.fault }
}
