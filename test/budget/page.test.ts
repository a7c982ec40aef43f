import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { BUDGET_SETS, type Metric, metrics } from '../../src/budget/index.ts'

const page = readFileSync(new URL('../../docs/budgets.md', import.meta.url), 'utf8')
/** The cells of each row. */
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) =>
    line
      .split('|')
      .map((cell) => cell.trim())
      .slice(1, -1),
  )

const code = (words: readonly string[]) => words.map((word) => `\`${word}\``).join(', ')

test('docs/budgets.md has every metric, with its definition, and every set', () => {
  const ofMetrics = Object.entries<Metric>(metrics).map(
    ([name, { aliases = [], unit, definition, measuredBy }]) => [
      code([name, ...aliases]),
      unit,
      definition,
      measuredBy.join(', '),
    ],
  )
  const ofSets = Object.entries(BUDGET_SETS).map(([name, set]) => [code([name]), code(set)])
  expect(rows).toEqual([...ofMetrics, ...ofSets])
})
