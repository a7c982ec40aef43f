import { validatorOf, type Violation } from '../../protocol/index.ts'
import { ScenarioError } from './scenario-error.ts'
import { scenariosSchema } from './scenario-schema.ts'
import type { Scenario } from './scenario.ts'

const violationsOf = validatorOf(scenariosSchema)

/** The keys and indexes that lead to a value. */
export type Place = readonly (string | number)[]

/** What is wrong with the contents of a file of scenarios, each thing said once. */
export function violationsOfScenarios(json: unknown): (Violation & { readonly place: Place })[] {
  return (
    violationsOf(json)
      // That a branch of the schema does not hold is said by what fails within.
      .filter(({ message }) => !/^must match "(?:then|else)" schema/.test(message))
      .map((violation) => ({ ...violation, place: placeOf(violation.path) }))
  )
}

/**
 * Takes scenarios from the contents of a file.
 *
 * @throws ScenarioError that names the path of what is wrong.
 */
export function scenariosFrom(json: unknown): Scenario[] {
  const [violation] = violationsOfScenarios(json)
  if (violation) throw new ScenarioError(`${violation.path || '/'} ${violation.message}`)
  return (json as { scenarios: Scenario[] }).scenarios
}

/**
 * Validates a scenario that was written in code.
 *
 * @throws ScenarioError that names the path of what is wrong.
 */
export function validateScenario(scenario: Scenario): void {
  const [violation] = violationsOfScenarios({ scenarios: [asJson(scenario)] })
  if (!violation) return
  const path = violation.path.replace('/scenarios/0', '') || '/'
  throw new ScenarioError(`${path} ${violation.message}`)
}

/** A scenario without what only code can hold. */
function asJson({ when, then, ...scenario }: Scenario): unknown {
  const { predicate: _, ...conditions } = when ?? {}
  return {
    ...scenario,
    ...(when && { when: withoutRegExps(conditions) }),
    then: typeof then === 'function' ? '' : then,
  }
}

function withoutRegExps(value: unknown): unknown {
  if (value instanceof RegExp) return { regex: value.source }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, withoutRegExps(member)]),
  )
}

function placeOf(path: string): Place {
  return path
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((key) => (/^\d+$/.test(key) ? Number(key) : key))
}
