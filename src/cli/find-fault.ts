import type { Check } from '../conformance/index.ts'
import type { Tamper } from '../wire/index.ts'
import { UsageError } from './usage-error.ts'

/**
 * Finds a fault by the name of a mutant: `done-missing`, or `sse/done-missing`.
 *
 * @throws UsageError for a name that no mutant has.
 */
export function findFault(checks: readonly Check[], name: string): Tamper {
  const faults = checks.flatMap(({ id, mutants }) =>
    Object.entries(mutants).map(([mutant, tamper]) => ({
      names: [mutant, `${id.split('/')[0]}/${mutant}`, `${id}/${mutant}`],
      tamper,
    })),
  )
  const fault = faults.find(({ names }) => names.includes(name))
  if (fault) return fault.tamper
  throw new UsageError(
    `there is no fault "${name}"; "soundcheck explain <check>" names the faults of a check`,
  )
}
