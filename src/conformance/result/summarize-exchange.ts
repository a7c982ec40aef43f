import type { Evidence } from '../evidence/evidence.ts'
import type { ExchangeSummary } from './check-report-schema.ts'

/** An exchange in a line; nothing for a bare body. */
export function summarizeExchange({
  id,
  probe,
  exchange,
  stream,
  body,
}: Evidence): ExchangeSummary[] {
  if (!exchange) return []
  const { startedAt, response, end, arrivals } = exchange
  return [
    {
      id,
      probe,
      startedAt,
      status: response?.status ?? null,
      end: end.how,
      bytes: body.length,
      events: stream.events.length,
      firstByteMs: arrivals[0]?.atMs ?? null,
      totalMs: end.atMs,
    },
  ]
}
