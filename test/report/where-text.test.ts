import { expect, test } from 'vitest'
import { type Scope, whereText } from '../../src/report/verdicts/where-text.ts'

const named = (count: number) => Array.from({ length: count }, (_, i) => `turn-${i}`)
const scope = (noun: Scope['noun'], names: readonly string[]) => ({ noun, names: new Set(names) })
const SCOPES = [scope('stream', named(20)), scope('answer', [...named(20), 'models'])]

test.each([
  ['one', ['turn-1'], 'turn-1'],
  ['some, each once', ['turn-1', 'turn-2', 'turn-1'], 'turn-1, turn-2'],
  ['all', named(20), 'every stream'],
  ['all of a wider kind', [...named(20), 'models'], 'every answer'],
  ['nearly all', named(18), 'every stream but turn-18, turn-19'],
  ['nearly all of a wider kind', ['models', ...named(19)], 'every answer but turn-19'],
  ['many', named(12), `${named(5).join(', ')} and 7 more`],
  ['as many as fit', named(10), named(10).join(', ')],
  ['what is of no kind', [...named(12), 'x'], `${named(5).join(', ')} and 8 more`],
])('%s', (_, seen, text) => {
  expect(whereText(seen, SCOPES)).toBe(text)
})

test('of one or two, all are named', () => {
  expect(whereText(['a', 'b'], [scope('file', ['a', 'b'])])).toBe('a, b')
  expect(whereText(named(12), [])).toContain('and 7 more')
})
