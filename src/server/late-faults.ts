import type { FindFault, MockLlmOptions, Scenario } from '../mocks/index.ts'

/** Loads a catalogue of faults. */
export type LoadFaults = () => Promise<FindFault>

type MayNameFaults = Pick<MockLlmOptions, 'scenarios' | 'faultHeader'>

/** A catalogue of faults that is loaded when something first may name one. */
export class LateFaults {
  readonly #load: LoadFaults
  #find: FindFault | undefined

  constructor(load: LoadFaults) {
    this.#load = load
  }

  readonly find: FindFault = (name) => {
    if (this.#find) return this.#find(name)
    throw new Error(`the fault "${name}" is named before its catalogue is loaded`)
  }

  /** Loads it where requests, or one of these scenarios, may name a fault. */
  async loadFor({ scenarios = [], faultHeader = false }: MayNameFaults): Promise<void> {
    if (faultHeader || scenarios.some(mayNameFault)) this.#find ??= await this.#load()
  }
}

function mayNameFault({ then }: Scenario): boolean {
  return [then]
    .flat()
    .some((each) => typeof each === 'function' || (typeof each === 'object' && each.fault))
}
