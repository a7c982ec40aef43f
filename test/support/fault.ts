import { checks } from '../../src/conformance/index.ts'
import type { Fault } from '../../src/wire/index.ts'

/** A fault by its check and its name. */
export function faultOf(checkId: string, name: string): { readonly fault: Fault } {
  const fault = checks.find(({ id }) => id === checkId)?.mutants[name]
  if (!fault) throw new Error(`there is no fault ${checkId} ${name}`)
  return { fault }
}
