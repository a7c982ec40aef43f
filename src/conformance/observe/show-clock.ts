import type { Timing } from '../evidence/timing.ts'

const HANDS = {
  firstByteMs: 'first byte',
  roleMs: 'role',
  firstContentMs: 'first content',
  firstSentenceMs: 'first sentence',
  largestGapMs: 'largest gap',
  toolCallMs: 'tool call',
  totalMs: 'end',
} as const satisfies Partial<Record<keyof Timing, string>>

/** What the clock saw, in a line: `first byte 12 ms, role 12 ms, first content 340 ms, ...`. */
export function showClock(timing: Timing): string {
  return Object.entries(HANDS)
    .flatMap(([name, label]) => {
      const ms = timing[name as keyof Timing]
      return ms === undefined ? [] : `${label} ${Math.round(ms)} ms`
    })
    .join(', ')
}
