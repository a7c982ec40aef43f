import { SoundcheckError } from '../endpoint/index.ts'
import { type Fault, networkFaults } from '../wire/index.ts'
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
    ...checks.flatMap(({ id, mutants }) =>
      Object.entries(mutants).map(([mutant, fault]) => ({
        name: mutant,
        fullName: `${id.slice(0, id.indexOf('/'))}/${mutant}`,
        fault,
      })),
    ),
    ...Object.entries(networkFaults).map(([fullName, fault]) => ({
      name: fullName.slice(fullName.indexOf('/') + 1),
      fullName,
      fault,
    })),
  ]
  const found = faults.find((each) => each.name === name || each.fullName === name)
  if (found) return found.fault
  const near = faults.filter(({ fullName }) => fullName.includes(name)).map((each) => each.fullName)
  const hint =
    near.length > 0
      ? `did you mean ${near.join(', ')}?`
      : '"soundcheck explain <check>" names the faults of a check.'
  throw new SoundcheckError('INVALID_INPUT', `there is no fault "${name}"; ${hint}`)
}
