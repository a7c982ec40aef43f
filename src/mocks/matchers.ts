import type { JournalEntry } from '../journal/index.ts'
import { listed } from '../wire/index.ts'
import { situationOf } from './situation-of.ts'
import type { MockControl } from './mock-llm.ts'
import { textPattern } from './scenario/match/patterns.ts'
import type { TextPattern, ToolResultPattern } from './scenario/spec/scenario.ts'
import { violationOf } from './scenario/spec/validate-scenarios.ts'
import { toolResultPattern } from './scenario/match/tool-result-pattern.ts'

/** Whether what was expected of a mock is so, and what to say when it is not as wanted. */
export interface MatcherResult {
  readonly pass: boolean
  readonly message: () => string
}

/** Which requests a matcher looks at: those of a scope, or all. */
export interface Among {
  readonly scope?: string
}

/**
 * What can be expected of a mock, whatever its front.
 *
 * The journal has a bound. Once it has dropped requests, what depends on them cannot be told, and is
 * an error either way.
 */
export interface MockLlmMatchers<R = unknown> {
  /** That a request came in whose last user message contains, or matches, this. */
  toHaveReceivedTurn(said: TextPattern, among?: Among): R
  /** That a request came in with such a result since the user last spoke. */
  toHaveReceivedToolResult(result: ToolResultPattern, among?: Among): R
  /** That so many requests came in, those included that the journal has dropped. */
  toHaveReceivedRequests(count: number, among?: Among): R
  /** That a client left before its answer was over, as when a caller interrupts. */
  toHaveBeenAborted(among?: Among): R
  /** That every request was answered by a scenario. */
  toHaveNoUnmatchedRequests(among?: Among): R
  /** That every scenario answered some request; of a scope, those that only it has. */
  toHaveUsedAllScenarios(among?: Among): R
}

function toHaveReceivedTurn(mock: MockControl, said: TextPattern, among?: Among): MatcherResult {
  refuseUnlike({ user: said ?? null }, '/when/user', 'said')
  const pattern = textPattern(said)
  const { read, dropped } = readAll(mock, among)
  const found = read.some(({ situation }) => pattern.matches(situation.user))
  if (!found) refuseWithout(dropped)
  return verdict(
    found,
    `a turn with ${pattern.shown}`,
    read.map(({ entry, situation }) => shown(entry, situation.user)),
  )
}

function toHaveReceivedToolResult(
  mock: MockControl,
  wanted: ToolResultPattern,
  among?: Among,
): MatcherResult {
  refuseUnlike({ toolResult: { any: wanted ?? null } }, '/when/toolResult/any', 'result')
  const pattern = toolResultPattern(wanted)
  const { read, dropped } = readAll(mock, among)
  const found = read.some(({ situation }) =>
    situation.toolResults.some((result) => pattern.matches(result)),
  )
  if (!found) refuseWithout(dropped)
  return verdict(
    found,
    `a tool result with ${pattern.shown}`,
    read.flatMap(({ entry, situation }) =>
      situation.toolResults.map((result) => shown(entry, result)),
    ),
  )
}

function toHaveReceivedRequests(mock: MockControl, count: number, among?: Among): MatcherResult {
  if (!Number.isInteger(count)) {
    throw new TypeError(`count must be a whole number, and is ${String(count)}`)
  }
  const { entries, dropped } = received(mock, among)
  const total = entries.length + dropped
  return verdict(total === count, `${count} requests`, [`${total} requests`])
}

function toHaveBeenAborted(mock: MockControl, among?: Among): MatcherResult {
  const { entries, dropped } = received(mock, among)
  const found = entries.some(({ ending }) => ending === 'client-left')
  if (!found) refuseWithout(dropped)
  return verdict(
    found,
    'an answer that its client left',
    entries.map((entry) => `${nameOf(entry)} ${entry.ending ?? 'is under way'}`),
  )
}

function toHaveNoUnmatchedRequests(mock: MockControl, among?: Among): MatcherResult {
  const { entries, dropped } = received(mock, among)
  const unmatched = entries.filter(({ why }) => why?.scenario === null)
  if (unmatched.length === 0) refuseWithout(dropped)
  return verdict(
    unmatched.length === 0,
    'a scenario for every request',
    unmatched.map((entry) => {
      const misses = entry.why!.misses.map(
        ({ scenario, failed }) => `\n    "${scenario}": ${entry.withoutSecrets(failed.join('; '))}`,
      )
      return `${nameOf(entry)} matched none${misses.join('')}`
    }),
  )
}

function toHaveUsedAllScenarios(mock: MockControl, among?: Among): MatcherResult {
  const unused = mock.unused(scopeIn(among))
  return verdict(
    unused.length === 0,
    'every scenario to be used',
    unused.map((name) => `unused: ${name}`),
  )
}

/**
 * What can be expected of a mock, as functions of the mock that need no test runner: for
 * `expect.extend(matchers)` of jest and vitest, or to be called: `assert.ok(pass, message())`.
 *
 * @throws for a mock that is none, or whose journal has dropped what would tell, and for what is no
 *   pattern, count or scope.
 */
export const matchers = {
  toHaveReceivedTurn,
  toHaveReceivedToolResult,
  toHaveReceivedRequests,
  toHaveBeenAborted,
  toHaveNoUnmatchedRequests,
  toHaveUsedAllScenarios,
}

function verdict(pass: boolean, wanted: string, seen: readonly string[]): MatcherResult {
  return {
    pass,
    message: () =>
      `expected the mock ${pass ? 'not ' : ''}to have ${wanted}; seen:\n` +
      (seen.map((each) => `  ${each}`).join('\n') || '  nothing'),
  }
}

/** What is read as a pattern of anything, because of a typo, would hold of whatever came in. */
function refuseUnlike(when: object, path: string, name: string): void {
  const violation = violationOf({ when, then: '' })
  if (violation) throw new TypeError(`${violation.path.replace(path, name)} ${violation.message}`)
}

/** What is not found among some requests may be found among the others. */
function refuseWithout(dropped: number): void {
  if (dropped === 0) return
  throw new Error(
    `the journal has dropped its ${dropped} oldest requests, and no other tells the answer: ` +
      'expect it sooner, or reset() the mock in between',
  )
}

interface Received {
  readonly entries: readonly JournalEntry[]
  /** How many came in before, and are forgotten. */
  readonly dropped: number
}

function scopeIn(among: Among = {}): string | undefined {
  const others = Object.keys(Object(among)).filter((key) => key !== 'scope')
  if (typeof among === 'object' && others.length === 0) return among.scope
  // A text may be a scope, and that an API key.
  const seen = typeof among === 'object' ? `has ${listed(others)}` : `is a ${typeof among}`
  throw new TypeError(`among must be an object such as { scope: "caller-1" }, and ${seen}`)
}

function received(mock: MockControl, among?: Among): Received {
  const { journal } = (mock ?? {}) as Partial<MockControl>
  if (journal === undefined) throw new TypeError('expected a mock LLM: something with a journal')
  const scope = scopeIn(among)
  return { entries: journal.entries(scope), dropped: journal.dropped(scope) }
}

function readAll(mock: MockControl, among?: Among) {
  const { entries, dropped } = received(mock, among)
  const read = entries.flatMap((entry) => {
    const situation = situationOf(entry)
    return situation ? [{ entry, situation }] : []
  })
  return { read, dropped }
}

function nameOf(entry: JournalEntry): string {
  return `request ${entry.id} (${shown(entry, situationOf(entry)?.user ?? entry.url)})`
}

/** What is printed may be published with a log. */
function shown(entry: JournalEntry, said: unknown): string {
  return entry.withoutSecrets(JSON.stringify(said))
}
