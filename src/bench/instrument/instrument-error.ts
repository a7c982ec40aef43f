import { parseJson } from '../../protocol/index.ts'
import { decodeSse, type Exchange } from '../../wire/index.ts'
import type { CalibrationStamps } from './calibration-messages.ts'

/** How far one calibration answer was stamped from the truth, in milliseconds. */
export interface InstrumentError {
  /** For each event: from its sending to its stamp. */
  readonly added: readonly number[]
  /** The time to first text as stamped, less what the server itself took. */
  readonly ttft: number
  /** For each event: how late the server itself was. */
  readonly serverLate: readonly number[]
}

/**
 * Compares the stamps of an exchange with those that the calibration server wrote into its events.
 * `wiredAtMs` is when the request went out, on the monotonic clock.
 */
export function instrumentError(
  { arrivals }: Exchange,
  wiredAtMs: number,
): InstrumentError | undefined {
  const added: number[] = []
  const serverLate: number[] = []
  let ttft: number | undefined
  for (const { data, atMs } of decodeSse(arrivals).events) {
    const json = parseJson(data) as { calibration?: CalibrationStamps } | undefined
    if (!json?.calibration || atMs === null) continue
    const { rx, due, t } = json.calibration
    added.push(wiredAtMs + atMs - t)
    serverLate.push(t - due)
    ttft ??= atMs - (t - rx)
  }
  return ttft === undefined ? undefined : { added, ttft, serverLate }
}
