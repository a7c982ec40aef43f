import { expect, test } from 'vitest'
import { type Metric, metricNamed, metrics } from '../../src/budget/index.ts'

const all = Object.entries<Metric>(metrics)

test('a word has one meaning', () => {
  const words = all.flatMap(([name, { aliases = [] }]) => [name, ...aliases])
  expect(new Set(words).size).toBe(words.length)
})

test.each(all)('%s is found by each of its words', (name, { aliases = [] }) => {
  for (const word of [name, ...aliases]) expect(metricNamed(word)).toBe(name)
})

test.each(all.filter(([, { nearest }]) => nearest !== undefined))(
  'who cannot measure %s can measure what is named instead',
  (_, { measuredBy, nearest }) => {
    const other = measuredBy.includes('bench') ? 'check' : 'bench'
    expect(measuredBy).toHaveLength(1)
    expect((metrics as Record<string, Metric>)[nearest!]!.measuredBy).toContain(other)
  },
)
