import { isJsonObject, type Json, type JsonObject } from '../../protocol/index.ts'

/** By one keyword: what the others of its kind ask of a value that it does not allow. */
const OPPOSITES: Readonly<Record<string, (value: number) => JsonObject>> = {
  minimum: (value) => ({ type: 'number', exclusiveMaximum: value }),
  exclusiveMinimum: (value) => ({ type: 'number', maximum: value }),
  maximum: (value) => ({ type: 'number', exclusiveMinimum: value }),
  exclusiveMaximum: (value) => ({ type: 'number', minimum: value }),
  minLength: (value) => ({ type: 'string', maxLength: value - 1 }),
  maxLength: (value) => ({ type: 'string', minLength: value + 1 }),
  minItems: (value) => ({ type: 'array', maxItems: value - 1 }),
  maxItems: (value) => ({ type: 'array', minItems: value + 1 }),
  minProperties: (value) => ({ type: 'object', maxProperties: value - 1 }),
  maxProperties: (value) => ({ type: 'object', minProperties: value + 1 }),
}

/**
 * Says without `not` what `not` allows; `undefined` where that takes a choice, or has no words.
 *
 * @param types Those that the value may have: a type that `not` names beside its keyword rules
 * nothing else out.
 */
export function complementOf(not: JsonObject, types: readonly string[]): JsonObject | undefined {
  const { type, ...rest } = not
  const [[keyword, value] = [], ...others] = Object.entries(rest)
  if (keyword === undefined || value === undefined || others.length > 0) return undefined
  if (type !== undefined && !types.every((each) => [type].flat().includes(each))) return undefined
  if (keyword === 'not') return isJsonObject(value) ? value : undefined
  if (keyword === 'anyOf' && Array.isArray(value)) {
    return { allOf: value.map((each): Json => ({ not: each })) }
  }
  if (keyword === 'contains') return { type: 'array', items: { not: value } }
  if (keyword === 'required' && Array.isArray(value)) {
    const [name, ...more] = value
    if (typeof name !== 'string' || more.length > 0) return undefined
    return { type: 'object', properties: { [name]: false } }
  }
  if (keyword === 'properties' && isJsonObject(value)) return withWrongMember(value)
  const opposite = Object.hasOwn(OPPOSITES, keyword) ? OPPOSITES[keyword] : undefined
  return typeof value === 'number' ? opposite?.(value) : undefined
}

/** Where one member alone is described, that has to be there, and to be another. */
function withWrongMember(members: JsonObject): JsonObject | undefined {
  const [[name, member] = [], ...others] = Object.entries(members)
  if (name === undefined || member === undefined || others.length > 0) return undefined
  return { type: 'object', required: [name], properties: { [name]: { not: member } } }
}
