import { checks } from '../../src/conformance/index.ts'
import type { Fault } from '../../src/wire/index.ts'

/** The options of a reference server that a mutant of a check breaks. */
export function mutant(checkId: string, name: string): { fault: Fault } {
  const fault = checks.find(({ id }) => id === checkId)?.mutants[name]
  if (!fault) throw new Error(`${checkId} has no mutant ${name}`)
  return { fault }
}
