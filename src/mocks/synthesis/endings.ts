import { isJsonObject, type Json, type JsonObject } from '../../protocol/index.ts'
import type { Budget } from '../effort/budget.ts'
import { resolvePointer } from './resolve-pointer.ts'

/** More than any value that ends needs; those that refer to themselves without end need more. */
const MAX_LEVELS = 64

/** Tells how deep values of schemas have to be: what refers to itself may have no end. */
export class Endings {
  readonly root: Json
  readonly #budget: Budget
  readonly #at: string
  readonly #known = new Map<JsonObject, { ends: number; not: number }>()

  constructor(root: Json, { budget, at }: { readonly budget: Budget; readonly at: string }) {
    this.root = root
    this.#budget = budget
    this.#at = at
  }

  /** How many levels the smallest value has; `Infinity` when there is none. */
  levels(schema: Json): number {
    for (let levels = 0; levels <= MAX_LEVELS; levels++) {
      if (this.#ends(schema, levels)) return levels
    }
    return Infinity
  }

  #ends(schema: Json | undefined, levels: number): boolean {
    if (!isJsonObject(schema)) return schema !== false
    let known = this.#known.get(schema)
    if (!known) this.#known.set(schema, (known = { ends: Infinity, not: -1 }))
    if (levels >= known.ends) return true
    if (levels <= known.not) return false
    this.#budget.spend('parts', 1, this.#at)
    const ends = this.#endsWithin(schema, levels)
    if (ends) known.ends = levels
    else known.not = levels
    return ends
  }

  #endsWithin(schema: JsonObject, levels: number): boolean {
    const { $ref, allOf, anyOf, oneOf } = schema
    const here = (other: Json) => this.#ends(other, levels)
    if (typeof $ref === 'string') {
      if (levels === 0 || !this.#ends(resolvePointer($ref, this.root), levels - 1)) return false
    }
    if (Array.isArray(allOf) && !allOf.every(here)) return false
    if (Array.isArray(anyOf) && !anyOf.some(here)) return false
    if (Array.isArray(oneOf) && !oneOf.some(here)) return false
    if (schema['const'] !== undefined || schema['enum'] !== undefined) return true
    if (!mayOnlyBe(schema, ['object', 'array'])) return true
    return needsOf(schema).every((need) => levels > 0 && this.#ends(need, levels - 1))
  }
}

function mayOnlyBe({ type }: JsonObject, types: readonly Json[]): boolean {
  return type === undefined || [type].flat().every((each) => types.includes(each))
}

/** The schemas of what a value has to hold. */
function needsOf(schema: JsonObject): Json[] {
  const { properties, required, additionalProperties = true, items, prefixItems, minItems } = schema
  const needs: Json[] = []
  const members = isJsonObject(properties) ? properties : {}
  for (const name of Array.isArray(required) ? required : []) {
    if (typeof name !== 'string') continue
    const need = Object.hasOwn(members, name) ? members[name]! : additionalProperties
    // Patterns may describe it, too.
    if (need !== false) needs.push(need)
  }
  const least = typeof minItems === 'number' ? minItems : 0
  const first = Array.isArray(prefixItems) ? prefixItems : []
  for (const item of first.slice(0, least)) needs.push(item)
  if (least > first.length && items !== undefined) needs.push(items)
  return needs
}
