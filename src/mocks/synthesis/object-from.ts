import { isJsonObject, type Json, type JsonObject } from '../../protocol/index.ts'
import { conjunction } from './conjunction.ts'
import { patternTest } from './match-of.ts'
import {
  type Facts,
  failuresAt,
  isNumber,
  isString,
  isWindingDown,
  type Placed,
  placeOf,
  stateWithin,
  type SynthesisState,
  valuesOf,
} from './synthesis-state.ts'
import { UnmetSchemaError } from './unmet-schema-error.ts'

/** Models fill in most of what they may. */
const FILLED = 0.8
/** Members of an object that names none, as records do. */
const INVENTED = 2
const MAX_TRIES = 10

/** Makes an object: what is required, what carries speech, and most of what is optional. */
export function objectFrom(facts: Facts, state: SynthesisState): JsonObject {
  const names = chooseNames(facts, state)
  const dependent = dependentSchemas(facts, names)
  if (dependent.length > 0) {
    const all = [...facts.map((fact) => withoutDependents(fact, names)), ...dependent]
    const { facts: more, followed } = conjunction(all, state)
    return objectFrom(more, { ...state, followed })
  }
  return Object.fromEntries(
    [...names].map((name) => {
      const schemas = memberSchemas(facts, name, state)
      state.budget.spend('characters', name.length, `${facts[0]?.at ?? state.at}.properties`)
      return [name, state.make(schemas, stateWithin(state, name))]
    }),
  )
}

function chooseNames(facts: Facts, state: SynthesisState): Set<string> {
  const { budget, faker, endings } = state
  const required = new Set(requiredBy(facts, state))
  const known = knownNames(facts, state)
  const least = Math.max(0, ...valuesOf(facts, 'minProperties', isNumber))
  const most = Math.min(Infinity, ...valuesOf(facts, 'maxProperties', isNumber))
  budget.afford('values', required.size, placeOf(facts, 'required', state.at))
  budget.afford('values', least, placeOf(facts, 'minProperties', state.at))
  complete(required, facts)
  const optional = known.filter((name) => {
    if (required.has(name)) return false
    const schemas = memberSchemas(facts, name, state)
    return schemas.every(({ schema }) => endings.levels(schema) < Infinity)
  })
  const failures = failuresAt(state)
  const share = failures === 0 ? FILLED : failures % 2 === 1 ? 0 : 1 / 2
  const isPlain = isWindingDown(state)
  const names = new Set<string>()
  const chosen = new Set(required)
  // Validators take them for present where they are not: `toString`.
  for (const name of optional) {
    if (name in Object.prototype && chosen.size < most) chosen.add(name)
  }
  for (const name of optional) {
    const isWanted = !isPlain && faker.number.float() < share
    const speaks = failures === 0 && /message/i.test(name)
    if ((!isWanted && !speaks) || chosen.size >= most) continue
    const more = new Set([...chosen, name])
    complete(more, facts)
    if (more.size <= most) for (const each of more) chosen.add(each)
  }
  for (const name of optional) {
    if (chosen.size >= least) break
    chosen.add(name)
    complete(chosen, facts)
  }
  // In the order in which they are described, as models write them.
  for (const name of known) if (chosen.has(name)) names.add(name)
  for (const name of chosen) names.add(name)
  const isRecord = known.length === 0 && invites(facts) && !isPlain && share > 0
  invent(names, Math.max(least, isRecord ? Math.min(INVENTED, most) : 0), { facts, state, least })
  return names
}

function requiredBy(facts: Facts, { budget }: SynthesisState): string[] {
  return facts.flatMap(({ schema, at }) => {
    const { required } = schema
    if (!Array.isArray(required)) return []
    budget.spend('parts', required.length, `${at}.required`)
    return required.filter(isString)
  })
}

function knownNames(facts: Facts, { budget }: SynthesisState): string[] {
  const names = facts.flatMap(({ schema, at }) => {
    const known = Object.keys(membersOf(schema, 'properties'))
    budget.spend('parts', known.length, `${at}.properties`)
    return known
  })
  return [...new Set(names)]
}

/** Adds what has to be there beside what is. */
function complete(names: Set<string>, facts: Facts): void {
  for (const { schema } of facts) {
    for (const keyword of ['dependentRequired', 'dependencies']) {
      const dependents = membersOf(schema, keyword)
      if (Object.keys(dependents).length === 0) continue
      // A set yields what is added while it is walked through.
      for (const name of names) {
        const more = Object.hasOwn(dependents, name) ? dependents[name] : undefined
        if (Array.isArray(more)) for (const each of more) if (isString(each)) names.add(each)
      }
    }
  }
}

const DEPENDENT = ['dependentSchemas', 'dependencies']

function dependentSchemas(facts: Facts, names: ReadonlySet<string>): Placed[] {
  return facts.flatMap(({ schema, at }) =>
    DEPENDENT.flatMap((keyword) =>
      Object.entries(membersOf(schema, keyword)).flatMap(([name, dependent]) =>
        names.has(name) && !Array.isArray(dependent)
          ? [{ schema: dependent, at: `${at}.${keyword}.${name}` }]
          : [],
      ),
    ),
  )
}

/** What was followed and chosen already is not again. */
const SETTLED = new Set(['$ref', 'allOf', 'anyOf', 'oneOf', 'if', 'then', 'else'])

function withoutDependents({ schema, at }: Placed<JsonObject>, names: ReadonlySet<string>): Placed {
  const rest = Object.entries(schema).flatMap(([keyword, value]): [string, Json][] => {
    if (SETTLED.has(keyword)) return []
    if (!DEPENDENT.includes(keyword) || !isJsonObject(value)) return [[keyword, value]]
    const others = Object.entries(value).filter(
      ([name, dependent]) => Array.isArray(dependent) || !names.has(name),
    )
    return [[keyword, Object.fromEntries(others)]]
  })
  return { schema: Object.fromEntries(rest), at }
}

/** Adds names that are not known until there are so many. */
function invent(
  names: Set<string>,
  count: number,
  {
    facts,
    state,
    least,
  }: { readonly facts: Facts; readonly state: SynthesisState; readonly least: number },
): void {
  const rules: Placed[] = facts.flatMap(({ schema, at }) =>
    schema['propertyNames'] === undefined
      ? []
      : [{ schema: schema['propertyNames'], at: `${at}.propertyNames` }],
  )
  const patterns = facts.flatMap(({ schema, at }) =>
    Object.keys(membersOf(schema, 'patternProperties')).map((pattern) => ({
      schema: { type: 'string', pattern },
      at: `${at}.patternProperties`,
    })),
  )
  const isOpen = (name: string) =>
    memberSchemas(facts, name, state).every(
      ({ schema }) => schema !== false && state.endings.levels(schema) < Infinity,
    )
  for (let tries = 0; names.size < count && tries < MAX_TRIES * count; tries++) {
    const pattern = patterns.length > 0 ? [patterns[tries % patterns.length]!] : []
    const name = state.make([{ schema: { type: 'string' }, at: state.at }, ...rules, ...pattern], {
      ...state,
      name: '',
      path: `${state.path}#`,
      // The first may be taken.
      spread: 4 * count,
    })
    if (isString(name) && isOpen(name)) names.add(name)
  }
  if (names.size < least) {
    throw new UnmetSchemaError(
      placeOf(facts, 'minProperties', state.at),
      'asks for more members than are found here',
    )
  }
}

/** Whether members are described that no schema names. */
function invites(facts: Facts): boolean {
  return facts.some(
    ({ schema }) =>
      isJsonObject(schema['additionalProperties']) ||
      Object.keys(membersOf(schema, 'patternProperties')).length > 0,
  )
}

/** All that holds for a member. */
function memberSchemas(facts: Facts, name: string, state: SynthesisState): Placed[] {
  return facts.flatMap(({ schema, at }): Placed[] => {
    const { additionalProperties, unevaluatedProperties } = schema
    const properties = membersOf(schema, 'properties')
    const own = Object.hasOwn(properties, name)
      ? [{ schema: properties[name]!, at: `${at}.properties.${name}` }]
      : []
    const matched = Object.entries(membersOf(schema, 'patternProperties')).flatMap(
      ([pattern, member]) =>
        patternTest(pattern, { ...state, at: `${at}.patternProperties` })(name)
          ? [{ schema: member, at: `${at}.patternProperties.${pattern}` }]
          : [],
    )
    const described = [...own, ...matched, ...ruledOut(schema, name, at)]
    if (described.length > 0) return described
    if (additionalProperties !== undefined) {
      return [{ schema: additionalProperties, at: `${at}.additionalProperties` }]
    }
    if (unevaluatedProperties === undefined || isKnown(facts, name)) return []
    return [{ schema: unevaluatedProperties, at: `${at}.unevaluatedProperties` }]
  })
}

/** A `not` that is about one member alone is about its value. */
function ruledOut({ not }: JsonObject, name: string, at: string): Placed[] {
  if (!isJsonObject(not)) return []
  const members = membersOf(not, 'properties')
  if (Object.keys(members).length !== 1 || !Object.hasOwn(members, name)) return []
  return [{ schema: { not: members[name]! }, at: `${at}.not` }]
}

function isKnown(facts: Facts, name: string): boolean {
  return facts.some(({ schema }) => Object.hasOwn(membersOf(schema, 'properties'), name))
}

function membersOf(schema: JsonObject, keyword: string): JsonObject {
  const members: Json | undefined = schema[keyword]
  return isJsonObject(members) ? members : {}
}
