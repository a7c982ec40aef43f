import { checksFor, mutantsOf } from '../../src/conformance/index.ts'
import { chat, type Dialect } from '../../src/protocol/index.ts'
import type { Fault } from '../../src/wire/index.ts'

/** A fault that a check must notice. */
export interface Mutant {
  /** Of the check. */
  readonly id: string
  readonly name: string
  readonly fault: Fault
}

/** All of them, of answers in a dialect. */
export function mutantsIn(dialect: Dialect = chat): Mutant[] {
  return checksFor(dialect).flatMap((check) =>
    Object.entries(mutantsOf(check, dialect)).map(([name, fault]) => ({
      id: check.id,
      name,
      fault,
    })),
  )
}
