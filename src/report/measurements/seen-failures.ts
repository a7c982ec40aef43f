import type { BenchReport } from '../../bench/index.ts'

/** What was seen of failures, and how to see more, for readers who have room. */
export function seenFailures({ failures = [], target }: BenchReport): string[] {
  if (failures.length === 0) return []
  return [
    ...failures.flatMap(({ seen, count }) => (seen === null ? [] : `${count} of them: ${seen}`)),
    `to see more, run soundcheck check ${target.url}`,
  ]
}
