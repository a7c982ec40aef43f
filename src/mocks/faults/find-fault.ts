import { type Fault, networkFaults } from '../../wire/index.ts'

/**
 * Finds a fault by its name.
 *
 * @throws for a name that no fault has.
 */
export type FindFault = (name: string) => Fault

/** Finds what needs no catalogue: the faults of the network. */
export const findNetworkFault: FindFault = (name) => {
  const fault = networkFaults[name]
  if (fault) return fault
  throw new Error(
    `there is no fault "${name}" among those of the network (${Object.keys(networkFaults).join(', ')}); ` +
      'for those of the checks, pass the option findFault: import { findFault } from "llm-soundcheck/conformance"',
  )
}
