import type { Faker } from '@faker-js/faker'
import { isJsonObject, type Json, type JsonObject } from '../protocol/index.ts'
import type { Budget } from './budget.ts'
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
  /** A telephone number that the definition of the tool mentions. */
  readonly phoneNumber: () => string | undefined
  /** What the request that brought the schema may still cost. */
  readonly budget: Budget
  /** Where in the request the schema is: `tools.0.function.parameters`. */
  readonly at: string
}

/** Deeper schemas refer to themselves, or would take a value of a size that nobody wants. */
const MAX_DEPTH = 8
/** Members of an enum that the caller may have named. */
const MAX_LISTENED_FOR = 1_000

/**
 * Makes a value that satisfies a JSON Schema: its required members, and those that carry speech.
 *
 * @throws BudgetError that names the keyword which asks for more than the budget has left.
 */
export function synthesize(schema: Json, context: SynthesisContext): Json {
  const state = { ...context, root: schema, top: context.at, name: '', depth: 0 }
  return fromSchema(schema, state)
}

/** Where in the schema the synthesis is. */
export interface SynthesisState extends SynthesisContext {
  readonly root: Json
  /** Where the root is. */
  readonly top: string
  readonly name: string
  readonly depth: number
}

function fromSchema(schema: Json | undefined, state: SynthesisState): Json {
  const { budget, at, root, top } = state
  budget.spend('values', 1, at)
  if (!isJsonObject(schema) || state.depth > MAX_DEPTH) return {}
  budget.spend('parts', Object.keys(schema).length, at)
  if (schema['const'] !== undefined) return given(schema['const'], within(state, 'const'))
  if (Array.isArray(schema['enum'])) return pickMember(schema['enum'], within(state, 'enum'))
  const { $ref } = schema
  if (typeof $ref === 'string') {
    budget.spend('parts', $ref.length, `${at}.$ref`)
    const target = `${top}${$ref.slice(1).replaceAll('/', '.')}`
    return fromSchema(resolvePointer($ref, root), { ...deeper(state), at: target })
  }
  const { anyOf, oneOf, allOf, ...rest } = schema
  const alternative =
    firstOf(anyOf, within(state, 'anyOf')) ?? firstOf(oneOf, within(state, 'oneOf'))
  if (alternative) return fromSchema({ ...rest, ...alternative }, deeper(state))
  if (Array.isArray(allOf)) {
    return fromSchema(merge([rest, ...allOf], within(state, 'allOf')), deeper(state))
  }

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
  const { budget, at } = state
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {}
  const required = new Set(Array.isArray(schema['required']) ? schema['required'] : [])
  const known = Object.keys(properties)
  budget.spend('parts', known.length, `${at}.properties`)
  budget.spend('parts', required.size, `${at}.required`)
  const names = new Set(known.filter((name) => required.has(name) || /message/i.test(name)))
  for (const name of required) if (typeof name === 'string') names.add(name)
  budget.afford('values', names.size, `${at}.required`)
  const least = asNumber(schema['minProperties']) ?? 0
  budget.afford('values', least, `${at}.minProperties`)
  for (const name of known) if (names.size < least) names.add(name)
  return Object.fromEntries(
    [...names].map((name) => {
      budget.spend('characters', name.length, `${at}.properties`)
      const member = properties[name] ?? additional(schema) ?? { type: 'string' }
      return [name, fromSchema(member, { ...within(deeper(state), `properties.${name}`), name })]
    }),
  )
}

function additional({ additionalProperties }: JsonObject): Json | undefined {
  return isJsonObject(additionalProperties) ? additionalProperties : undefined
}

function arrayFrom(schema: JsonObject, state: SynthesisState): Json[] {
  const { prefixItems, items = { type: 'string' } } = schema
  const inner = within(deeper(state), 'items')
  if (Array.isArray(prefixItems)) return prefixItems.map((item) => fromSchema(item, inner))
  const most = asNumber(schema['maxItems']) ?? Infinity
  const length = Math.min(Math.max(asNumber(schema['minItems']) ?? 1, 1), most)
  state.budget.afford('values', length, `${state.at}.minItems`)
  const make = (_: unknown, i: number) =>
    fromSchema(items, { ...inner, ordinal: state.ordinal + i })
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

function pickMember(members: Json[], state: SynthesisState): Json {
  if (members.length === 0) return null
  const spoken = state.said.toLowerCase()
  const listenedFor = members.slice(0, MAX_LISTENED_FOR)
  state.budget.spend('parts', listenedFor.length, state.at)
  const mentioned = listenedFor.find(
    (member) =>
      typeof member === 'string' && member !== '' && spoken.includes(member.toLowerCase()),
  )
  return given(mentioned ?? state.faker.helpers.arrayElement(members), state)
}

/** A value that stands in the schema. */
function given(value: Json, { budget, at }: SynthesisState): Json {
  budget.spend('characters', JSON.stringify(value).length, at)
  return value
}

function merge(schemas: readonly Json[], { budget, at }: SynthesisState): JsonObject {
  budget.spend('parts', schemas.length, at)
  const merged: JsonObject = {}
  const properties: JsonObject = {}
  const required: Json[] = []
  for (const schema of schemas.filter(isJsonObject)) {
    const { properties: members, required: names, ...rest } = schema
    Object.assign(merged, rest)
    if (isJsonObject(members)) merged['properties'] = Object.assign(properties, members)
    if (!Array.isArray(names)) continue
    for (const name of names) required.push(name)
    merged['required'] = required
  }
  budget.spend('parts', required.length + Object.keys(properties).length, at)
  return merged
}

function firstOf(
  alternatives: Json | undefined,
  { budget, at }: SynthesisState,
): JsonObject | undefined {
  if (!Array.isArray(alternatives)) return undefined
  budget.spend('parts', alternatives.length, at)
  const objects = alternatives.filter(isJsonObject)
  return objects.find((alternative) => alternative['type'] !== 'null') ?? objects[0]
}

function within(state: SynthesisState, keyword: string): SynthesisState {
  return { ...state, at: `${state.at}.${keyword}` }
}

function deeper(state: SynthesisState): SynthesisState {
  return { ...state, depth: state.depth + 1 }
}

function asNumber(value: Json | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined
}
