import type { CheckReport } from '../../conformance/index.ts'

/** All that a failure could have been seen in. */
export interface Scope {
  readonly noun: 'stream' | 'turn' | 'answer' | 'file'
  readonly names: ReadonlySet<string>
}

/** Of more, some are named; the JSON report has them all. */
const MAX_NAMES = 10
const SOME_NAMES = 5
const MAX_EXCEPTIONS = 3
/** Two are named as briefly as they are summed up. */
const MIN_SUMMED_UP = 3

/** Where something was seen, briefly: `every stream`, `every stream but farewell-1`, or by name. */
export function whereText(seenIn: readonly string[], scopes: readonly Scope[]): string {
  const seen = new Set(seenIn)
  const scope = scopes.find(({ names }) => [...seen].every((name) => names.has(name)))
  if (scope && seen.size >= MIN_SUMMED_UP) {
    const others = [...scope.names].filter((name) => !seen.has(name))
    if (others.length === 0) return `every ${scope.noun}`
    if (others.length <= MAX_EXCEPTIONS && others.length < seen.size) {
      return `every ${scope.noun} but ${others.join(', ')}`
    }
  }
  const shown = [...seen].slice(0, seen.size > MAX_NAMES ? SOME_NAMES : MAX_NAMES)
  const left = seen.size - shown.length
  return left > 0 ? `${shown.join(', ')} and ${left} more` : shown.join(', ')
}

/** What a run brought back. */
export function scopesOf({ exchanges }: Pick<CheckReport, 'exchanges'>): readonly Scope[] {
  const idsOf = (list: CheckReport['exchanges']) => new Set(list.map(({ id }) => id))
  const streams = exchanges.filter(({ events }) => events > 0)
  return [
    // One that we hang up on shows little.
    { noun: 'stream', names: idsOf(streams.filter(({ end }) => end !== 'aborted')) },
    { noun: 'stream', names: idsOf(streams) },
    { noun: 'turn', names: idsOf(exchanges.filter(({ isTurn }) => isTurn)) },
    { noun: 'answer', names: idsOf(exchanges.filter(({ status }) => status !== null)) },
  ]
}
