import type { Evidence } from '../evidence/evidence.ts'
import { asksForStream, isProbeId } from '../probe-ids.ts'
import type { ExchangeSummary } from './check-report-schema.ts'

/** An exchange in a line; nothing for a bare body. */
export function summarizeExchange(evidence: Evidence): ExchangeSummary[] {
  const { id, probe, exchange, stream, body, timing } = evidence
  if (!exchange) return []
  const { startedAt, response, end } = exchange
  const { headMs, firstByteMs, roleMs, firstContentMs, firstSentenceMs, doneMs } = timing
  return [
    {
      id,
      probe,
      isTurn: isProbeId(probe) && asksForStream(probe),
      startedAt,
      status: response?.status ?? null,
      end: end.how,
      bytes: body.length,
      events: stream.events.length,
      headMs: headMs ?? null,
      firstByteMs: firstByteMs ?? null,
      roleMs: roleMs ?? null,
      firstContentMs: firstContentMs ?? null,
      firstSentenceMs: firstSentenceMs ?? null,
      doneMs: doneMs ?? null,
      totalMs: end.atMs,
      eventsMs: arrivalsOf(evidence),
    },
  ]
}

/** More would not be seen in any plot. */
const MAX_TIMES = 2_000

/** When events came, to a tenth of a millisecond; those that came together are told once. */
function arrivalsOf({ stream }: Evidence): number[] {
  const times = stream.events.flatMap(({ atMs }) =>
    atMs === null ? [] : Math.round(atMs * 10) / 10,
  )
  const distinct = [...new Set(times)]
  const step = Math.ceil(distinct.length / MAX_TIMES)
  return step > 1 ? distinct.filter((_, i) => i % step === 0) : distinct
}
