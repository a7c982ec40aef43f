import { ownViolationsBy, pointerPath, type Violation } from '../../../protocol/index.ts'
import { ScenarioError } from '../../scenario-error.ts'
import { validate } from './precompiled-scenarios.ts'
import type { Scenario } from './scenario.ts'
import { tellViolation } from './tell-violation.ts'

/** The keys and indexes that lead to a value. */
export type Place = readonly (string | number)[]

/** What is wrong with the contents of a file of scenarios, each thing said once. */
export function violationsOfScenarios(json: unknown): (Violation & { readonly place: Place })[] {
  return (
    ownViolationsBy(validate, json)
      // That a branch of the schema does not hold is said by what fails within.
      .filter(({ message }) => !/^must match "(?:then|else)" schema/.test(message))
      .map((violation) => ({
        ...violation,
        message: tellViolation(violation),
        place: pointerPath(violation.path),
      }))
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
export function validateScenario(scenario: unknown): void {
  const violation = violationOf(scenario)
  if (violation) throw new ScenarioError(`${violation.path || '/'} ${violation.message}`)
}

/** The first thing that is wrong with a scenario that was written in code. */
export function violationOf(scenario: unknown): Violation | undefined {
  const [violation] = violationsOfScenarios({ scenarios: [asJson(scenario)] })
  return violation && { ...violation, path: violation.path.replace('/scenarios/0', '') }
}

/** A scenario without what only code can hold. */
function asJson(scenario: unknown): unknown {
  if (!isObject(scenario)) return scenario
  const { when, then } = scenario
  return {
    ...scenario,
    ...(isObject(when) && { when: withoutRegExps(withoutPredicate(when)) }),
    ...(typeof then === 'function' && { then: '' }),
  }
}

function withoutPredicate({ predicate, ...conditions }: Record<string, unknown>): unknown {
  return typeof predicate === 'function' || predicate === undefined
    ? conditions
    : { predicate, ...conditions }
}

function withoutRegExps(value: unknown): unknown {
  if (value instanceof RegExp) return { regex: value.source }
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, withoutRegExps(member)]),
  )
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
