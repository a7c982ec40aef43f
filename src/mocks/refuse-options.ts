import { STAND_INS, type StandIn } from '../protocol/index.ts'
import type { Pacing } from './pacing/pacing.ts'
import { violationOf } from './scenario/spec/validate-scenarios.ts'

interface Options {
  readonly pacing?: Pacing
  readonly as?: StandIn
}

/**
 * Refuses what would otherwise be ignored, or fail each request: test runners check no types.
 *
 * @throws TypeError that names the option.
 */
export function refuseOptions({ pacing, as }: Options): void {
  const violation = violationOf({ then: { pacing } })
  if (violation) throw new TypeError(`${violation.path.replace('/then/', '')} ${violation.message}`)
  if (as !== undefined && !STAND_INS.includes(as)) {
    throw new TypeError(`as must be one of ${STAND_INS.join(', ')}, and is ${JSON.stringify(as)}`)
  }
}
