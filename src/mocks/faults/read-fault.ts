import { ScenarioError } from '../scenario-error.ts'
import type { FaultSpec } from './fault-spec.ts'

/**
 * Reads a fault as it is written on a command line or in a header: `sse/done-missing:0.1`.
 *
 * @throws ScenarioError for a rate that is none.
 */
export function readFault(text: string): Required<FaultSpec> {
  const [, name = text, rate = '1'] = /^(.*):([\d.]+)$/.exec(text) ?? []
  const share = Number(rate)
  if (share >= 0 && share <= 1) return { name, rate: share }
  throw new ScenarioError(`the rate of "${text}" is not from 0 to 1`)
}
