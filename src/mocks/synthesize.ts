import type { Faker } from '@faker-js/faker'
import { isJsonObject, type Json, type JsonObject } from '../protocol/index.ts'
import { synthesizeString } from './synthesize-string.ts'

/** What a value may be drawn from. */
export interface SynthesisContext {
  readonly faker: Faker
  /** The caller's words; an enum member or an identifier found in them is preferred. */
  readonly said: string
  /** Skips this many identifiers, so that parallel calls differ. */
  readonly ordinal: number
  /** Free text that may name what a string needs, such as telephone numbers. */
  readonly hints: string
}

const MAX_DEPTH = 8

/** Makes a value that satisfies a JSON Schema: its required members, and those that carry speech. */
export function synthesize(schema: Json, context: SynthesisContext): Json {
  return fromSchema(schema, { ...context, root: schema, name: '', depth: 0 })
}

/** Where in the schema the synthesis stands. */
export interface SynthesisState extends SynthesisContext {
  readonly root: Json
  readonly name: string
  readonly depth: number
}

function fromSchema(schema: Json | undefined, state: SynthesisState): Json {
  if (!isJsonObject(schema) || state.depth > MAX_DEPTH) return {}
  if (schema['const'] !== undefined) return schema['const']
  if (Array.isArray(schema['enum'])) return pickMember(schema['enum'], state)
  if (typeof schema['$ref'] === 'string')
    return fromSchema(resolve(schema['$ref'], state.root), deeper(state))
  const alternative = firstOf(schema['anyOf']) ?? firstOf(schema['oneOf'])
  if (alternative)
    return fromSchema({ ...without(schema, ['anyOf', 'oneOf']), ...alternative }, deeper(state))
  if (Array.isArray(schema['allOf'])) return fromSchema(merge(schema), deeper(state))

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
  const result: JsonObject = {}
  for (const [name, member] of Object.entries(properties)) {
    if (!required.includes(name) && !/message/i.test(name)) continue
    result[name] = fromSchema(member, { ...deeper(state), name })
  }
  for (const name of required) {
    if (typeof name === 'string' && !(name in result)) result[name] = state.faker.word.noun()
  }
  return result
}

function arrayFrom(schema: JsonObject, state: SynthesisState): Json[] {
  if (Array.isArray(schema['prefixItems'])) {
    return schema['prefixItems'].map((item) => fromSchema(item, deeper(state)))
  }
  const length = Math.max(asNumber(schema['minItems']) ?? 1, 1)
  return Array.from({ length: Math.min(length, asNumber(schema['maxItems']) ?? length) }, (_, i) =>
    fromSchema(schema['items'] ?? { type: 'string' }, {
      ...deeper(state),
      ordinal: state.ordinal + i,
    }),
  )
}

function numberFrom(schema: JsonObject, { faker }: SynthesisState, step: number): number {
  const multiple = asNumber(schema['multipleOf']) ?? step
  const above = asNumber(schema['exclusiveMinimum'])
  const below = asNumber(schema['exclusiveMaximum'])
  const low = above === undefined ? (asNumber(schema['minimum']) ?? 0) : above + multiple
  const high =
    below === undefined ? (asNumber(schema['maximum']) ?? low + 9 * multiple) : below - multiple
  const first = Math.ceil(low / multiple)
  const last = Math.max(first, Math.floor(high / multiple))
  return faker.number.int({ min: first, max: Math.min(last, first + 9) }) * multiple
}

function pickMember(members: Json[], { said, faker }: SynthesisState): Json {
  const spoken = said.toLowerCase()
  const mentioned = members.find(
    (member) =>
      typeof member === 'string' && member !== '' && spoken.includes(member.toLowerCase()),
  )
  return mentioned ?? faker.helpers.arrayElement(members)
}

function resolve(ref: string, root: Json): Json | undefined {
  if (!ref.startsWith('#')) return undefined
  let node: Json | undefined = root
  for (const key of ref.slice(1).split('/').slice(1)) {
    const name = decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~')
    node = isJsonObject(node) ? node[name] : Array.isArray(node) ? node[Number(name)] : undefined
  }
  return node
}

function merge(schema: JsonObject): JsonObject {
  const parts = [without(schema, ['allOf']), ...(schema['allOf'] as Json[])].filter(isJsonObject)
  return parts.reduce((all, part) => ({
    ...all,
    ...part,
    properties: { ...(all['properties'] as JsonObject), ...(part['properties'] as JsonObject) },
    required: [...((all['required'] as Json[]) ?? []), ...((part['required'] as Json[]) ?? [])],
  }))
}

function without(schema: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => !keys.includes(key)))
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
