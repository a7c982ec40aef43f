import type { MatcherResult } from 'vitest'
import {
  type JournalEntry,
  type MockControl,
  situationOf,
  textPattern,
  type TextPattern,
  toolResultPattern,
  type ToolResultPattern,
} from '../mocks/index.ts'

/** What can be expected of a mock, whatever its front. */
export interface MockLlmMatchers<R = unknown> {
  /** That a request came in whose last user message contains, or matches, this. */
  toHaveReceivedTurn(said: TextPattern): R
  /** That a request came in with such a result since the user last spoke. */
  toHaveReceivedToolResult(result: ToolResultPattern): R
  /** That so many requests came in. */
  toHaveReceivedRequests(count: number): R
  /** That a client left before its answer was over, as when a caller interrupts. */
  toHaveBeenAborted(): R
  /** That every request was answered by a scenario. */
  toHaveNoUnmatchedRequests(): R
  /** That every scenario answered some request. */
  toHaveUsedAllScenarios(): R
}

function toHaveReceivedTurn(mock: MockControl, said: TextPattern): MatcherResult {
  const pattern = textPattern(said)
  const turns = read(mock).map((situation) => situation.user)
  return verdict(
    turns.some((turn) => pattern.matches(turn)),
    `a turn with ${pattern.shown}`,
    turns.map((turn) => JSON.stringify(turn)),
  )
}

function toHaveReceivedToolResult(mock: MockControl, wanted: ToolResultPattern): MatcherResult {
  const pattern = toolResultPattern(wanted)
  const results = read(mock).flatMap(({ toolResults }) => toolResults)
  return verdict(
    results.some((result) => pattern.matches(result)),
    `a tool result with ${pattern.shown}`,
    results.map((result) => JSON.stringify(result)),
  )
}

function toHaveReceivedRequests(mock: MockControl, count: number): MatcherResult {
  const { length } = entriesOf(mock)
  return verdict(length === count, `${count} requests`, [`${length} requests`])
}

function toHaveBeenAborted(mock: MockControl): MatcherResult {
  const entries = entriesOf(mock)
  return verdict(
    entries.some(({ ending }) => ending === 'client-left'),
    'an answer that its client left',
    entries.map((entry) => `${nameOf(entry)} ${entry.ending ?? 'is under way'}`),
  )
}

function toHaveNoUnmatchedRequests(mock: MockControl): MatcherResult {
  const unmatched = entriesOf(mock).filter(({ why }) => why?.scenario === null)
  return verdict(
    unmatched.length === 0,
    'a scenario for every request',
    unmatched.map((entry) => {
      const misses = entry.why!.misses.map(
        ({ scenario, failed }) => `\n    "${scenario}": ${failed.join('; ')}`,
      )
      return `${nameOf(entry)} matched none${misses.join('')}`
    }),
  )
}

function toHaveUsedAllScenarios(mock: MockControl): MatcherResult {
  const unused = mock.unused()
  return verdict(
    unused.length === 0,
    'every scenario to be used',
    unused.map((name) => `unused: ${name}`),
  )
}

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

function entriesOf(mock: MockControl): readonly JournalEntry[] {
  const { journal } = (mock ?? {}) as Partial<MockControl>
  if (journal === undefined) throw new TypeError('expected a mock LLM: something with a journal')
  return journal.entries()
}

function read(mock: MockControl) {
  return entriesOf(mock).flatMap((entry) => situationOf(entry) ?? [])
}

function nameOf(entry: JournalEntry): string {
  return `request ${entry.id} (${JSON.stringify(situationOf(entry)?.user ?? entry.url)})`
}
