import type { BusyMachine } from './busy-machine.ts'

/** What is known of how late stamps are, in milliseconds. */
interface StampLateness {
  /** What the instrument was found to add before the run. */
  readonly ttftErrorP99?: number | null
  /** How late threads woke during the run, where that mattered. */
  readonly busy?: Pick<BusyMachine, 'wokeLateP99'>
}

/** How many milliseconds later than the truth a stamp of a run may be. */
export function stampError({ ttftErrorP99, busy }: StampLateness): number {
  return Math.max(ttftErrorP99 ?? 0, busy?.wokeLateP99 ?? 0)
}
