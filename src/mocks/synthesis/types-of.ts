import { isJsonObject, type Json } from '../../protocol/index.ts'
import type { Facts } from './synthesis-state.ts'

const TYPES = ['object', 'array', 'number', 'string', 'integer', 'boolean', 'null']

/** By which a schema without `type` says what it is about. */
const TOLD_BY: readonly (readonly [string, readonly string[]])[] = [
  ['object', ['properties', 'required', 'patternProperties', 'minProperties', 'propertyNames']],
  ['object', ['additionalProperties', 'dependentRequired', 'dependentSchemas']],
  ['array', ['items', 'prefixItems', 'minItems', 'contains', 'uniqueItems']],
  ['number', ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']],
  ['string', ['pattern', 'format', 'minLength', 'maxLength']],
]

/** The types that a value may have, those that are meant first, `null` last. */
export function typesOf(facts: Facts): readonly string[] {
  let types: string[] | undefined
  for (const { schema } of facts) {
    const { type } = schema
    if (type === undefined) continue
    const own = [type].flat().filter((each): each is string => typeof each === 'string')
    types = types ? both(types, own) : own
  }
  const excluded = new Set(facts.flatMap(({ schema }) => excludedBy(schema['not'])))
  const left = (types ?? likely(facts)).filter((type) => !excluded.has(type))
  return [...left.filter((type) => type !== 'null'), ...left.filter((type) => type === 'null')]
}

function both(some: readonly string[], others: readonly string[]): string[] {
  const has = (list: readonly string[], type: string) =>
    list.includes(type) || (type === 'integer' && list.includes('number'))
  return [
    ...new Set([
      ...some.filter((type) => has(others, type)),
      ...others.filter((type) => has(some, type)),
    ]),
  ]
}

/** All, since a schema without a type allows each; what its keywords are about comes first. */
function likely(facts: Facts): string[] {
  const about = TOLD_BY.flatMap(([type, keywords]) =>
    keywords.some((keyword) => facts.some(({ schema }) => schema[keyword] !== undefined))
      ? [type]
      : [],
  )
  return [...new Set([...about, 'string', ...TYPES])]
}

/** Types that `not` forbids, where it is about nothing else. */
function excludedBy(not: Json | undefined): string[] {
  if (!isJsonObject(not) || Object.keys(not).length !== 1 || not['type'] === undefined) return []
  const types = [not['type']].flat().filter((each): each is string => typeof each === 'string')
  return types.includes('number') ? [...types, 'integer'] : types
}
