import type { Faker } from '@faker-js/faker'
import type { Json, JsonObject } from '../../protocol/index.ts'
import type { Budget } from '../effort/budget.ts'
import type { Endings } from './endings.ts'

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
  /** Where in the request the schema is: `tools[0].function.parameters`. */
  readonly at: string
}

/** A schema, and where in the request it is. */
export interface Placed<Schema extends Json = Json> {
  readonly schema: Schema
  readonly at: string
}

/** The keywords that hold for one value together, from all schemas that it has to satisfy. */
export type Facts = readonly Placed<JsonObject>[]

/** Where in the value the synthesis is. */
export interface SynthesisState extends SynthesisContext {
  /** JSON Pointer; what is tried anew is known by it. */
  readonly path: string
  /** The name of the member that is made, or whose items are. */
  readonly name: string
  readonly depth: number
  /** How often each reference was followed on the way here. */
  readonly followed: ReadonlyMap<string, number>
  readonly endings: Endings
  /** Makes a part of the value, for schemas that hold together. */
  readonly make: (schemas: readonly Placed[], state: SynthesisState) => Json
  /** How often what was made at a path did not satisfy its schema. */
  readonly failures: ReadonlyMap<string, number>
  /** How many different values are wanted, once those that come to mind are taken. */
  readonly spread?: number
}

/** Deeper values are kept to what they need. */
const PLAIN_DEPTH = 6
/** So are those in which a schema has come back more often. */
const MAX_FOLLOWED = 1

const FAILURE_SPREAD = 10

/** Whether a value is to be kept to what it needs, so that it ends. */
export function isWindingDown({ depth, followed, budget }: SynthesisState): boolean {
  return (
    depth > PLAIN_DEPTH ||
    !budget.hasPlenty() ||
    [...followed.values()].some((times) => times > MAX_FOLLOWED)
  )
}

export function failuresAt({ failures, path }: SynthesisState): number {
  return failures.get(path) ?? 0
}

/** From how many different values one is to be drawn at least: more, each time that it failed. */
export function spreadOf(state: SynthesisState): number {
  return Math.max(state.spread ?? 0, failuresAt(state) * FAILURE_SPREAD)
}

/** The state for a member, or an item, of the value. */
export function stateWithin(state: SynthesisState, key: string | number): SynthesisState {
  return {
    ...state,
    path: `${state.path}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`,
    ...(typeof key === 'string' && { name: key }),
    depth: state.depth + 1,
  }
}

/** All values of a keyword, of the type that is wanted. */
export function valuesOf<T extends Json>(
  facts: Facts,
  keyword: string,
  isWanted: (value: Json) => value is T,
): T[] {
  return facts.flatMap(({ schema }) => {
    const value = schema[keyword]
    return value !== undefined && isWanted(value) ? [value] : []
  })
}

export const isNumber = (value: Json): value is number => typeof value === 'number'
export const isString = (value: Json): value is string => typeof value === 'string'
export const isArray = (value: Json): value is Json[] => Array.isArray(value)

/** Where a keyword stands, for what blames it. */
export function placeOf(facts: Facts, keyword: string, otherwise: string): string {
  const fact = facts.find(({ schema }) => schema[keyword] !== undefined)
  return fact ? `${fact.at}.${keyword}` : otherwise
}
