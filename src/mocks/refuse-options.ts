import { ERROR_STYLES, EVENT_STYLES, STAND_INS } from '../protocol/index.ts'
import type { MockLlmOptions } from './mock-llm-options.ts'
import { violationOf } from './scenario/spec/validate-scenarios.ts'

const TAKEN: Readonly<Record<keyof MockLlmOptions, true>> = {
  scenarios: true,
  seed: true,
  strict: true,
  model: true,
  pacing: true,
  modelNames: true,
  as: true,
  findFault: true,
  faultHeader: true,
  dialects: true,
  responses: true,
  clock: true,
}

/**
 * Refuses what would otherwise be ignored, or fail each request: test runners check no types.
 *
 * @throws TypeError that names the option.
 */
export function refuseOptions(options: MockLlmOptions): void {
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(TAKEN, name))
  if (unknown !== undefined) {
    const taken = Object.keys(TAKEN).join(', ')
    throw new TypeError(`a mock has no option ${JSON.stringify(unknown)}; it has ${taken}`)
  }
  const { pacing, modelNames, responses } = options
  const violation = violationOf({ then: { pacing } })
  if (violation) throw new TypeError(`${violation.path.replace('/then/', '')} ${violation.message}`)
  if (modelNames !== undefined && !Array.isArray(modelNames)) {
    throw new TypeError(`modelNames must be a list of names, and is ${JSON.stringify(modelNames)}`)
  }
  refuseOther('as', options.as, STAND_INS)
  refuseOther('responses.events', responses?.events, EVENT_STYLES)
  refuseOther('responses.error', responses?.error, ERROR_STYLES)
}

function refuseOther<T>(name: string, value: T | undefined, known: readonly T[]): void {
  if (value === undefined || known.includes(value)) return
  throw new TypeError(`${name} must be one of ${known.join(', ')}, and is ${JSON.stringify(value)}`)
}
