import { SoundcheckError } from '../endpoint/index.ts'
import { type Fault, networkFaults } from '../wire/index.ts'
import { inDialects } from './faults/index.ts'
import type { Check, Mutants } from './check/define-check.ts'
import { checks } from './checks/index.ts'

/**
 * Finds a fault of the network, or one by the name of a mutant, with or without the group of its
 * check: `done-missing`, `sse/done-missing`.
 *
 * It makes all of them known to a mock: `mockFetch({ findFault })`, `startServer({ findFault })`.
 *
 * @throws SoundcheckError for a name that no fault has.
 */
export function findFault(name: string): Fault {
  const faults = [
    ...checks.flatMap(faultsOf),
    ...Object.entries(networkFaults).map(([fullName, fault]) => ({
      name: fullName.slice(fullName.indexOf('/') + 1),
      fullName,
      dialect: undefined,
      fault,
    })),
  ]
  const found = faults.filter((each) => each.name === name || each.fullName === name)
  const general = found.find(({ dialect }) => dialect === undefined)
  if (general) return general.fault
  if (found.length > 0) {
    return inDialects(new Map(found.map(({ dialect = '', fault }) => [dialect, fault])), name)
  }
  const near = faults.filter(({ fullName }) => fullName.includes(name)).map((each) => each.fullName)
  const hint =
    near.length > 0
      ? `did you mean ${near.join(', ')}?`
      : '"soundcheck explain <check>" names the faults of a check.'
  throw new SoundcheckError('INVALID_INPUT', `there is no fault "${name}"; ${hint}`)
}

/** The faults of a check, and the dialect to which each belongs; none, where it breaks answers in all. */
function faultsOf({ id, dialect, mutants, mutantsIn = {} }: Check) {
  const group = id.slice(0, id.indexOf('/'))
  const named = (of: string | undefined, some: Mutants) =>
    Object.entries(some).map(([name, fault]) => ({
      name,
      fullName: `${group}/${name}`,
      dialect: of,
      fault,
    }))
  return [
    ...named(dialect, mutants),
    ...Object.entries(mutantsIn).flatMap(([of, some]) => named(of, some)),
  ]
}
