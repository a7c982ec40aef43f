import { type Metric, type MetricName, metrics } from './metrics.ts'

/** The words of each metric: its name, then its aliases. */
export const WORDS: ReadonlyMap<MetricName, readonly string[]> = new Map(
  Object.entries<Metric>(metrics).map(([name, { aliases = [] }]) => [
    name as MetricName,
    [name, ...aliases],
  ]),
)

/** The metric of this name or alias. */
export function metricNamed(word: string): MetricName | undefined {
  return [...WORDS].find(([, words]) => words.includes(word))?.[0]
}
