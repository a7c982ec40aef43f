import { isJsonObject, type Json, type JsonObject } from '../../protocol/index.ts'
import {
  type Facts,
  failuresAt,
  isWindingDown,
  type Placed,
  type SynthesisState,
} from './synthesis-state.ts'
import { complementOf } from './complement.ts'
import { resolvePointer } from './resolve-pointer.ts'
import { typesOf } from './types-of.ts'
import { UnmetSchemaError } from './unmet-schema-error.ts'

/** What schemas come to when they hold together, and each choice that they leave is made. */
export interface Conjunction {
  readonly facts: Facts
  readonly followed: SynthesisState['followed']
}

/** Alternatives of which one is to hold. */
interface Choice {
  readonly at: string
  readonly branches: readonly (readonly Placed[])[]
  /** Whether the others must not hold. */
  readonly isExclusive?: boolean
}

/**
 * Follows references, joins what holds together, and chooses among alternatives: the first that can
 * be had, the next ones where that has failed, the shortest where an end has to be found.
 *
 * @throws UnmetSchemaError where nothing can be chosen, or a reference leads nowhere.
 */
export function conjunction(schemas: readonly Placed[], state: SynthesisState): Conjunction {
  let facts: Placed<JsonObject>[] = []
  let followed = state.followed
  const include = (placed: readonly Placed[]): Choice[] => {
    const closed = close(placed, { ...state, followed })
    facts = [...facts, ...closed.facts]
    followed = closed.followed
    return closed.facts.flatMap((fact) => choicesOf(fact, state))
  }
  const open = include(schemas)
  for (let choice = open.shift(); choice; choice = open.shift()) {
    open.push(...include(choose(choice, facts, { ...state, followed })))
  }
  return { facts, followed }
}

/** What references and `allOf` lead to. */
function close(
  schemas: readonly Placed[],
  state: SynthesisState,
): { readonly facts: Placed<JsonObject>[]; readonly followed: Map<string, number> } {
  const { budget, endings, at: top } = state
  const facts: Placed<JsonObject>[] = []
  const followed = new Map(state.followed)
  const seen = new Set<string>()
  const pending = schemas.toReversed()
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { schema, at } = next
    if (schema === false) throw new UnmetSchemaError(at, 'allows no value')
    if (!isJsonObject(schema)) continue
    const keywords = Object.keys(schema)
    if (keywords.length === 0) continue
    budget.spend('parts', keywords.length, at)
    facts.push({ schema, at })
    const { $ref, $dynamicRef, allOf, not } = schema
    if ($dynamicRef !== undefined) {
      throw new UnmetSchemaError(`${at}.$dynamicRef`, 'is not supported: write a $ref')
    }
    if (typeof $ref === 'string') {
      budget.spend('parts', $ref.length, `${at}.$ref`)
      const target = resolvePointer($ref, endings.root)
      if (target === undefined) {
        const isAnchor = /^#[^/]/.test($ref)
        throw new UnmetSchemaError(
          `${at}.$ref`,
          isAnchor
            ? 'refers to an anchor, which is not supported: write a pointer, such as #/$defs/name'
            : 'refers to nothing here',
        )
      }
      if (followed.has($ref) && endings.levels(target) === Infinity) {
        throw new UnmetSchemaError(`${at}.$ref`, 'refers to itself without end')
      }
      if (!seen.has($ref)) {
        seen.add($ref)
        followed.set($ref, (followed.get($ref) ?? 0) + 1)
        pending.push({ schema: target, at: `${top}${$ref.slice(1).replaceAll('/', '.')}` })
      }
    }
    const complement = isJsonObject(not) ? complementOf(not, typesOf(facts)) : undefined
    if (complement) pending.push({ schema: complement, at: `${at}.not` })
    if (Array.isArray(allOf)) {
      budget.spend('parts', allOf.length, `${at}.allOf`)
      for (const [i, part] of [...allOf.entries()].toReversed()) {
        pending.push({ schema: part, at: `${at}.allOf[${i}]` })
      }
    }
  }
  return { facts, followed }
}

function choicesOf({ schema, at }: Placed<JsonObject>, { budget }: SynthesisState): Choice[] {
  const choices: Choice[] = []
  for (const keyword of ['anyOf', 'oneOf']) {
    const alternatives = schema[keyword]
    if (!Array.isArray(alternatives)) continue
    budget.spend('parts', alternatives.length, `${at}.${keyword}`)
    const branches = alternatives.map((each, i) => [{ schema: each, at: `${at}.${keyword}[${i}]` }])
    choices.push({ at: `${at}.${keyword}`, branches, isExclusive: keyword === 'oneOf' })
  }
  const { if: condition, then: consequence = true, else: otherwise = true } = schema
  if (condition !== undefined) {
    const holds = { schema: condition, at: `${at}.if` }
    choices.push({
      at: `${at}.if`,
      branches: [
        [holds, { schema: consequence, at: `${at}.then` }],
        [
          { schema: { not: condition }, at: `${at}.if` },
          { schema: otherwise, at: `${at}.else` },
        ],
      ],
    })
  }
  return choices
}

function choose(
  { at, branches, isExclusive = false }: Choice,
  facts: Facts,
  state: SynthesisState,
): readonly Placed[] {
  // Each is tried twice: with what is optional, and without; then, it is made sure that no other holds.
  const passedOver = Math.floor(failuresAt(state) / 2)
  const alone = (branch: readonly Placed[]) =>
    isExclusive && failuresAt(state) % 2 === 1
      ? [...branch, ...branches.filter((each) => each !== branch).flatMap(negated)]
      : branch
  const possible: (readonly Placed[])[] = []
  for (const branch of ranked(branches, state)) {
    if (!goesWith(branch, facts, state)) continue
    possible.push(branch)
    if (possible.length > passedOver) return alone(branch)
  }
  if (possible.length === 0) throw new UnmetSchemaError(at, 'leaves nothing to choose')
  return alone(state.faker.helpers.arrayElement(possible))
}

function negated(branch: readonly Placed[]): Placed[] {
  return branch.map(({ schema, at }) => ({ schema: { not: schema }, at }))
}

function ranked(branches: Choice['branches'], state: SynthesisState): Choice['branches'] {
  if (!isWindingDown(state)) {
    return [...branches.filter((each) => !isNull(each)), ...branches.filter(isNull)]
  }
  const levelsOf = (branch: readonly Placed[]) =>
    Math.max(...branch.map(({ schema }) => state.endings.levels(schema)))
  return branches
    .map((branch) => ({ branch, levels: levelsOf(branch) }))
    .toSorted((a, b) => (a.levels === b.levels ? 0 : a.levels - b.levels))
    .map(({ branch }) => branch)
}

function isNull(branch: readonly Placed[]): boolean {
  return branch.some(({ schema }) => isJsonObject(schema) && schema['type'] === 'null')
}

/** Whether alternatives can hold beside what does, by their types and constants, and come to an end. */
function goesWith(branch: readonly Placed[], facts: Facts, state: SynthesisState): boolean {
  const { endings } = state
  if (branch.some(({ schema }) => endings.levels(schema) === Infinity)) return false
  try {
    const { facts: more } = close(branch, state)
    const all = [...facts, ...more]
    if (typesOf(all).length === 0) return false
    const constants = all.flatMap(({ schema }) =>
      schema['const'] === undefined ? [] : [JSON.stringify(schema['const'])],
    )
    return new Set(constants).size <= 1
  } catch (error) {
    if (error instanceof UnmetSchemaError) return false
    throw error
  }
}

/** Values that are listed, in all lists that there are; `undefined` where there is none. */
export function listedValues(facts: Facts, state: SynthesisState): Json[] | undefined {
  let values: Map<string, Json> | undefined
  const ruledOut = new Set<string>()
  for (const { schema, at } of facts) {
    for (const keyword of ['const', 'enum']) {
      const list = keyword === 'const' ? constantOf(schema) : enumOf(schema)
      if (!list) continue
      state.budget.spend('parts', list.length, `${at}.${keyword}`)
      const all = new Map(list.map((value) => [JSON.stringify(value), value]))
      const both = values
      values = both ? new Map([...all].filter(([key]) => both.has(key))) : all
    }
    const { not } = schema
    if (!isJsonObject(not)) continue
    for (const value of [...(constantOf(not) ?? []), ...(enumOf(not) ?? [])]) {
      ruledOut.add(JSON.stringify(value))
    }
  }
  if (!values) return undefined
  return [...values].filter(([key]) => !ruledOut.has(key)).map(([, value]) => value)
}

function constantOf(schema: JsonObject): Json[] | undefined {
  return schema['const'] === undefined ? undefined : [schema['const']]
}

function enumOf(schema: JsonObject): Json[] | undefined {
  return Array.isArray(schema['enum']) ? schema['enum'] : undefined
}
