import type { Json } from '../../protocol/index.ts'
import { arrayFrom } from './array-from.ts'
import { conjunction, listedValues } from './conjunction.ts'
import { numberFrom } from './number-from.ts'
import { objectFrom } from './object-from.ts'
import { stringFrom } from './string-from.ts'
import {
  type Facts,
  failuresAt,
  isWindingDown,
  type Placed,
  placeOf,
  type SynthesisState,
} from './synthesis-state.ts'
import { typesOf } from './types-of.ts'
import { UnmetSchemaError } from './unmet-schema-error.ts'

/** No honest value is nested deeper, and few clients read one that is. */
const MAX_DEPTH = 200
/** Members of an enum that the caller may have named. */
const MAX_LISTENED_FOR = 1_000

/**
 * Makes a value for schemas that hold together.
 *
 * @throws UnmetSchemaError where it finds none; BudgetError where one would take too much.
 */
export function valueFrom(schemas: readonly Placed[], state: SynthesisState): Json {
  try {
    return make(schemas, state)
  } catch (error) {
    if (error instanceof UnmetSchemaError) error.path ??= state.path
    throw error
  }
}

function make(schemas: readonly Placed[], within: SynthesisState): Json {
  const at = schemas[0]?.at ?? within.at
  within.budget.spend('values', 1, at)
  if (within.depth > MAX_DEPTH) throw new UnmetSchemaError(at, 'refers to itself without end')
  const { facts, followed } = conjunction(schemas, within)
  const state = { ...within, followed }
  const listed = listedValues(facts, state)
  if (listed) return pick(listed, facts, state)
  const type = chooseType(facts, state)
  switch (type) {
    case 'object':
      return objectFrom(facts, state)
    case 'array':
      return arrayFrom(facts, state)
    case 'string':
      return stringFrom(facts, state)
    case 'integer':
    case 'number':
      return numberFrom(facts, type, state)
    case 'boolean':
      return state.failures.size > 0 || state.spread !== undefined
        ? state.faker.datatype.boolean()
        : true
    case 'null':
      return null
    default:
      throw new UnmetSchemaError(placeOf(facts, 'type', at), 'leaves no type of value')
  }
}

function chooseType(facts: Facts, state: SynthesisState): string | undefined {
  const types = typesOf(facts)
  const [first = ''] = types
  if (types.at(-1) === 'null' && /object|array/.test(first) && isWindingDown(state)) return 'null'
  return types[Math.floor(failuresAt(state) / 2) % types.length]
}

function pick(values: readonly Json[], facts: Facts, state: SynthesisState): Json {
  const { budget, faker, said, at: top } = state
  const keyword = facts.some(({ schema }) => schema['enum'] !== undefined) ? 'enum' : 'const'
  const at = placeOf(facts, keyword, top)
  const types = typesOf(facts)
  const possible = values.filter((value) => types.some((type) => isOfType(value, type)))
  if (possible.length === 0) throw new UnmetSchemaError(at, 'allows no value')
  const failures = failuresAt(state)
  const value =
    failures > 0
      ? possible[(failures - 1) % possible.length]!
      : ((state.spread === undefined ? mentioned(possible, said) : undefined) ??
        faker.helpers.arrayElement(possible))
  budget.spend('characters', JSON.stringify(value).length, at)
  return value
}

function mentioned(values: readonly Json[], said: string): Json | undefined {
  const spoken = said.toLowerCase()
  return values
    .slice(0, MAX_LISTENED_FOR)
    .find(
      (value) => typeof value === 'string' && value !== '' && spoken.includes(value.toLowerCase()),
    )
}

function isOfType(value: Json, type: string): boolean {
  switch (type) {
    case 'null':
      return value === null
    case 'array':
      return Array.isArray(value)
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
    case 'integer':
      return Number.isInteger(value)
    default:
      return typeof value === type
  }
}
