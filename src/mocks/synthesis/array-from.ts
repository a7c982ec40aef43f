import type { Json } from '../../protocol/index.ts'
import {
  type Facts,
  failuresAt,
  isArray,
  isNumber,
  isWindingDown,
  type Placed,
  placeOf,
  stateWithin,
  type SynthesisState,
  valuesOf,
} from './synthesis-state.ts'
import { UnmetSchemaError } from './unmet-schema-error.ts'

/** How often another value is looked for, for each that is wanted. */
const MAX_TRIES = 20

/** Makes an array: of one item where it needs none, unless an end has to be found. */
export function arrayFrom(facts: Facts, state: SynthesisState): Json[] {
  const { budget } = state
  const least = Math.max(0, ...valuesOf(facts, 'minItems', isNumber))
  const most = Math.min(Infinity, ...valuesOf(facts, 'maxItems', isNumber))
  const wanted = facts.flatMap(({ schema, at }) =>
    schema['contains'] === undefined
      ? []
      : [
          {
            schema: schema['contains'],
            at,
            least: asCount(schema['minContains'], 1),
            most: asCount(schema['maxContains'], Infinity),
          },
        ],
  )
  budget.afford('values', least, placeOf(facts, 'minItems', state.at))
  for (const each of wanted) budget.afford('values', each.least, `${each.at}.minContains`)
  const found = wanted.flatMap((each) => Array.from({ length: each.least }, () => each))
  const first = Math.max(0, ...valuesOf(facts, 'prefixItems', isArray).map((each) => each.length))
  // Where there are not enough, one has to be several of them.
  const slots = Math.min(found.length, most)
  const start = Math.max(0, Math.min(first, most - slots) - Math.floor(failuresAt(state) / 2))
  // What has to be there for another rule must not be too many for this one.
  const isCounted = wanted.some((each) => each.most < Infinity)
  const isPlain = isCounted || isWindingDown(state) || failuresAt(state) % 2 === 1
  const needed = Math.max(least, slots > 0 ? start + slots : 0)
  const length = Math.min(most, isPlain ? needed : Math.max(needed, first, 1))
  const room = new Map(wanted.map((each) => [each, each.most - each.least]))
  /** What an item is to be, and what it must not be, since there are enough of these. */
  const extra = (i: number): Placed[] => {
    const own = new Set(i < start ? [] : found.filter((_, slot) => slot % slots === i - start))
    return wanted.flatMap((each) => {
      const at = `${each.at}.contains`
      if (own.has(each)) return [{ schema: each.schema, at }]
      const left = room.get(each)!
      room.set(each, left - 1)
      return left > 0 ? [] : [{ schema: { not: each.schema }, at }]
    })
  }
  const isUnique = facts.some(({ schema }) => schema['uniqueItems'] === true)
  const taken = new Set<string>()
  const values: Json[] = []
  for (let i = 0; i < length; i++) {
    const place = { ...stateWithin(state, i), ordinal: state.ordinal + i }
    const schemas = [...itemSchemas(facts, i), ...extra(i)]
    if (schemas.some(({ schema }) => schema === false)) {
      if (values.length >= needed) break
      throw new UnmetSchemaError(placeOf(facts, 'items', state.at), 'allows too few items')
    }
    if (values.length >= needed && endless(schemas, state)) break
    let value = state.make(schemas, place)
    if (isUnique) {
      const others = { ...place, spread: 4 * length }
      for (let tries = 0; taken.has(JSON.stringify(value)); tries++) {
        if (tries >= MAX_TRIES * length) {
          if (values.length >= needed) return values
          throw new UnmetSchemaError(placeOf(facts, 'uniqueItems', state.at), 'asks for too many')
        }
        value = state.make(schemas, others)
      }
      taken.add(JSON.stringify(value))
    }
    values.push(value)
  }
  return values
}

function endless(schemas: readonly Placed[], { endings }: SynthesisState): boolean {
  return schemas.some(({ schema }) => endings.levels(schema) === Infinity)
}

function itemSchemas(facts: Facts, i: number): Placed[] {
  return facts.flatMap(({ schema, at }): Placed[] => {
    const { prefixItems, items, unevaluatedItems } = schema
    const first = Array.isArray(prefixItems) ? prefixItems : []
    if (i < first.length) return [{ schema: first[i]!, at: `${at}.prefixItems[${i}]` }]
    if (items !== undefined) return [{ schema: items, at: `${at}.items` }]
    return unevaluatedItems === undefined
      ? []
      : [{ schema: unevaluatedItems, at: `${at}.unevaluatedItems` }]
  })
}

function asCount(value: Json | undefined, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise
}
