import type { BenchReport } from '../bench/index.ts'

/** How many requests failed, and how; nothing when none did. */
export function failuresText({ attempted, ok, failed }: BenchReport['requests']): string {
  const classes = Object.entries(failed).filter(([, count]) => count > 0)
  if (classes.length === 0) return ''
  return `${attempted - ok} failed (${classes.map(([name, count]) => `${count} ${name}`).join(', ')})`
}
