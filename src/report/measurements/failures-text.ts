import type { BenchReport } from '../../bench/index.ts'

const MAX_KINDS = 4

/** How many requests failed, and how; nothing when none did. */
export function failuresText({ requests, failures = [] }: BenchReport): string {
  const failed = requests.attempted - requests.ok
  if (failed === 0) return ''
  const kinds = failures.slice(0, MAX_KINDS).map(({ name, count }) => `${count} ${name}`)
  return `${failed} failed: ${kinds.join(', ')}${failures.length > MAX_KINDS ? ', ...' : ''}`
}
