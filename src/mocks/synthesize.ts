import type { Faker } from '@faker-js/faker'
import { isJsonObject, type Json, type JsonObject } from '../protocol/index.ts'
import { resolvePointer } from './resolve-pointer.ts'
import { synthesizeString } from './synthesize-string.ts'

/** What a value may be drawn from. */
export interface SynthesisContext {
  readonly faker: Faker
  /** The caller's words; an enum member that they contain is preferred. */
  readonly said: string
  /** What the caller named: order numbers, codes. */
  readonly identifiers: readonly string[]
  /** Which of them to take, so that parallel calls differ. */
  readonly ordinal: number
  /** Free text that may contain what a string needs, such as telephone numbers. */
  readonly hints: string
}

/** Deeper schemas refer to themselves, or would take a value of a size that nobody wants. */
const MAX_DEPTH = 8

/** Makes a value that satisfies a JSON Schema: its required members, and those that carry speech. */
export function synthesize(schema: Json, context: SynthesisContext): Json {
  return fromSchema(schema, { ...context, root: schema, name: '', depth: 0 })
}

/** Where in the schema the synthesis is. */
export interface SynthesisState extends SynthesisContext {
  readonly root: Json
  readonly name: string
  readonly depth: number
}

function fromSchema(schema: Json | undefined, state: SynthesisState): Json {
  if (!isJsonObject(schema) || state.depth > MAX_DEPTH) return {}
  if (schema['const'] !== undefined) return schema['const']
  if (Array.isArray(schema['enum'])) return pickMember(schema['enum'], state)
  if (typeof schema['$ref'] === 'string') {
    return fromSchema(resolvePointer(schema['$ref'], state.root), deeper(state))
  }
  const { anyOf, oneOf, allOf, ...rest } = schema
  const alternative = firstOf(anyOf) ?? firstOf(oneOf)
  if (alternative) return fromSchema({ ...rest, ...alternative }, deeper(state))
  if (Array.isArray(allOf)) return fromSchema(merge([rest, ...allOf]), deeper(state))

  switch (typeOf(schema)) {
    case 'object':
      return objectFrom(schema, state)
    case 'array':
      return arrayFrom(schema, state)
    case 'string':
      return synthesizeString(schema, state)
    case 'integer':
      return numberFrom(schema, state, 1)
    case 'number':
      return numberFrom(schema, state, 0.5)
    case 'boolean':
      return true
    default:
      return null
  }
}

function typeOf(schema: JsonObject): Json {
  const { type } = schema
  if (Array.isArray(type)) return type.find((each) => each !== 'null') ?? 'null'
  if (type !== undefined) return type
  if (schema['properties'] !== undefined) return 'object'
  if (schema['items'] !== undefined) return 'array'
  return 'string'
}

function objectFrom(schema: JsonObject, state: SynthesisState): JsonObject {
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {}
  const required = Array.isArray(schema['required']) ? schema['required'] : []
  const wanted = Object.keys(properties).filter(
    (name) => required.includes(name) || /message/i.test(name),
  )
  const unnamed = required.filter((name) => typeof name === 'string' && !wanted.includes(name))
  const least = asNumber(schema['minProperties']) ?? 0
  const names = [...wanted, ...(unnamed as string[])]
  const spare = Object.keys(properties).filter((name) => !names.includes(name))
  names.push(...spare.slice(0, Math.max(0, least - names.length)))
  return Object.fromEntries(
    names.map((name) => {
      const member = properties[name] ?? additional(schema) ?? { type: 'string' }
      return [name, fromSchema(member, { ...deeper(state), name })]
    }),
  )
}

function additional({ additionalProperties }: JsonObject): Json | undefined {
  return isJsonObject(additionalProperties) ? additionalProperties : undefined
}

function arrayFrom(schema: JsonObject, state: SynthesisState): Json[] {
  const { prefixItems, items = { type: 'string' } } = schema
  if (Array.isArray(prefixItems)) return prefixItems.map((item) => fromSchema(item, deeper(state)))
  const most = asNumber(schema['maxItems']) ?? 1_000
  const length = Math.min(Math.max(asNumber(schema['minItems']) ?? 1, 1), most)
  const make = (_: unknown, i: number) =>
    fromSchema(items, { ...deeper(state), ordinal: state.ordinal + i })
  const values = Array.from({ length }, make)
  if (schema['uniqueItems'] !== true) return values
  // Drawing again finds others, unless there are too few.
  const unique = new Map(values.map((value) => [JSON.stringify(value), value]))
  for (let tries = 0; unique.size < length && tries < 10 * length; tries++) {
    const value = make(undefined, length + tries)
    unique.set(JSON.stringify(value), value)
  }
  return [...unique.values()].slice(0, length)
}

function numberFrom(schema: JsonObject, { faker }: SynthesisState, step: number): number {
  const multiple = asNumber(schema['multipleOf']) ?? step
  const above = asNumber(schema['exclusiveMinimum'])
  const below = asNumber(schema['exclusiveMaximum'])
  const low = above === undefined ? asNumber(schema['minimum']) : above + multiple
  const high = below === undefined ? asNumber(schema['maximum']) : below - multiple
  const from = low ?? (high === undefined ? 0 : Math.min(0, high))
  const first = Math.ceil(from / multiple)
  const last = Math.max(first, Math.floor((high ?? from + 9 * multiple) / multiple))
  const factor = faker.number.int({ min: first, max: Math.min(last, first + 9) })
  return Number((factor * multiple).toPrecision(12))
}

function pickMember(members: Json[], { said, faker }: SynthesisState): Json {
  if (members.length === 0) return null
  const spoken = said.toLowerCase()
  const mentioned = members.find(
    (member) =>
      typeof member === 'string' && member !== '' && spoken.includes(member.toLowerCase()),
  )
  return mentioned ?? faker.helpers.arrayElement(members)
}

function merge(schemas: readonly Json[]): JsonObject {
  const merged: JsonObject = {}
  for (const { properties, required, ...rest } of schemas.filter(isJsonObject)) {
    Object.assign(merged, rest)
    if (isJsonObject(properties)) {
      merged['properties'] = { ...(merged['properties'] as JsonObject | undefined), ...properties }
    }
    if (Array.isArray(required)) {
      merged['required'] = [...((merged['required'] as Json[] | undefined) ?? []), ...required]
    }
  }
  return merged
}

function firstOf(alternatives: Json | undefined): JsonObject | undefined {
  if (!Array.isArray(alternatives)) return undefined
  const objects = alternatives.filter(isJsonObject)
  return objects.find((alternative) => alternative['type'] !== 'null') ?? objects[0]
}

function deeper(state: SynthesisState): SynthesisState {
  return { ...state, depth: state.depth + 1 }
}

function asNumber(value: Json | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined
}
