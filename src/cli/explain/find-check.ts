import { type Check, checks, SoundcheckError } from '../../conformance/index.ts'
import { nearNames } from './near-names.ts'

const IDS = [...new Set(checks.map((each) => each.id))]
const GROUPS = new Set(IDS.map(groupOf))
const FAULTS = [
  ...new Set(
    checks.flatMap((check) =>
      mutantsIn(check)
        .flatMap(Object.keys)
        .map((mutant) => `${groupOf(check.id)}/${mutant}`),
    ),
  ),
]

/**
 * Finds the definitions of a check by its id, or by a fault that it must catch, with or without its group.
 *
 * @throws SoundcheckError for what names neither, with the ids that are near.
 */
export function findChecks(id: string): readonly Check[] {
  const check =
    checks.find((each) => each.id === id) ??
    checks.find((each) => mutantsIn(each).some((some) => Object.hasOwn(some, nameOf(id))))
  if (check) return checks.filter((each) => each.id === check.id)
  // An id, and a fault of its group, may have one name.
  const near = [...new Set(nearIds(id.toLowerCase()))]
  const hint = near.length > 0 ? hintOf(id, near) : ''
  throw new SoundcheckError('UNKNOWN_CHECK', `there is no check "${id}"${hint}`)
}

function hintOf(id: string, near: readonly string[]): string {
  return GROUPS.has(id)
    ? `, but a group of ${near.length}: ${near.join(', ')}`
    : `; did you mean ${near.join(', ')}?`
}

function mutantsIn({ mutants, mutantsIn: own = {} }: Check) {
  return [mutants, ...Object.values(own)]
}

/** What the user may have meant: what was begun, stands in another group, or has a slip in either part. */
function nearIds(id: string): readonly string[] {
  const name = nameOf(id)
  if (name === '') return []
  const attempts = [
    () => IDS.filter((each) => each.startsWith(id)),
    () => IDS.filter((each) => nameOf(each) === name),
    () => withSlips(groupOf(id), name),
    () => IDS.filter((each) => name.length > 2 && each.includes(name)),
    () => named(nearNames(name, [...IDS, ...FAULTS].map(nameOf))),
  ]
  for (const attempt of attempts) {
    const near = attempt()
    if (near.length > 0) return near
  }
  return []
}

function withSlips(group: string, name: string): readonly string[] {
  const meant = GROUPS.has(group) ? [group] : nearNames(group, [...GROUPS])
  const within = [...IDS, ...FAULTS].filter((each) => meant.includes(groupOf(each)))
  const near = nearNames(name, within.map(nameOf))
  return named(near).filter((each) => within.includes(each))
}

function named(names: readonly string[]): readonly string[] {
  return [...IDS, ...FAULTS].filter((each) => names.includes(nameOf(each)))
}

function groupOf(id: string): string {
  return id.slice(0, Math.max(0, id.lastIndexOf('/')))
}

function nameOf(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1)
}
