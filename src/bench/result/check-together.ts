import { SoundcheckError } from '../../endpoint/index.ts'
import type { BenchReport } from './bench-report-schema.ts'

/** The clocks of two machines may differ by so much, where nobody looks after them. */
const CLOCKS_MS = 5_000
/** So large a part of a run may pass before the last shard begins. */
const LATE_SHARE = 0.1

/** When a shard measured, by the clock of its machine. */
interface Span {
  readonly name: string
  readonly startMs: number
  readonly endMs: number
}

/**
 * Tells of shards that did not begin together, so that for a part of the run the endpoint had less load
 * than the plan says; nothing where they did, or where the reports are not of shards.
 *
 * @throws SoundcheckError where some had ended before others began.
 */
export function checkTogether(reports: readonly BenchReport[]): string[] {
  const spans = reports.flatMap((report) => spanOf(report) ?? [])
  const [first, ...others] = spans.toSorted((a, b) => a.startMs - b.startMs)
  const last = others.at(-1)
  if (!first || !last) return []
  const over = spans.reduce((a, b) => (b.endMs < a.endMs ? b : a))
  const gapMs = last.startMs - over.endMs
  if (gapMs > CLOCKS_MS) {
    throw new SoundcheckError(
      'INVALID_INPUT',
      `${last.name} began to measure ${seconds(gapMs)} after ${over.name} had ended, so the endpoint never had the load of the plan: ${REMEDY}`,
    )
  }
  const lateMs = last.startMs - first.startMs
  const longestMs = Math.max(...spans.map(({ startMs, endMs }) => endMs - startMs))
  if (lateMs <= LATE_SHARE * longestMs) return []
  return [
    `${last.name} began to measure ${seconds(lateMs)} after ${first.name}, in a run of ${seconds(longestMs)}: until then, the endpoint had less load than planned; ${REMEDY}`,
  ]
}

const REMEDY = 'run all shards at the same time, with the same --start-at'

function spanOf({ plan, startedAt, durationMs }: BenchReport): Span | null {
  if (plan.shard === null) return null
  const startMs = Date.parse(startedAt) + plan.warmupMs
  return { name: `shard ${plan.shard.index}`, startMs, endMs: startMs + durationMs }
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`
}
