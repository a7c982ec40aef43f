import { SoundcheckError } from '../../endpoint/index.ts'
import type { Extent } from './load.ts'

/**
 * Refuses a start so long ago that a run which kept to it would be over: nothing could be measured
 * beside it any more. One that is late by less has a part of the run left.
 *
 * @throws SoundcheckError for such a start.
 */
export function checkStart(
  startAt: number | undefined,
  { warmupMs, durationMs }: Extent,
  now = Date.now(),
): void {
  if (startAt === undefined || now < startAt + warmupMs + durationMs) return
  throw new SoundcheckError(
    'INVALID_INPUT',
    `the run should have started at ${new Date(startAt).toISOString()}, and would be over: it is ${new Date(now).toISOString()} now; give all shards a moment that is still to come`,
  )
}
