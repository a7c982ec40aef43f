import type { Exchange, HttpRequest } from '../../wire/index.ts'
import { goingOn } from '../lane/going-on.ts'
import type { Flight } from '../lane/lane-messages.ts'

/** A flight as an exchange, which is what contract and timings are judged by. */
export function toExchange(
  flight: Flight,
  request: Omit<HttpRequest, 'body'>,
  bodies: readonly string[],
  startedAt: Date,
): Exchange {
  const { stamps, lengths, bytes } = flight
  let offset = 0
  return {
    id: `bench${flight.index}-${flight.turn + 1}`,
    probe: 'bench',
    startedAt: new Date(startedAt.getTime() + flight.calledMs).toISOString(),
    // As in any exchange, `null` only where no connection was made.
    connectMs: flight.wiredMs === null ? null : (flight.connectMs ?? 0),
    request: { ...request, body: goingOn(bodies[flight.body]!, flight.previousId) },
    response: flight.response,
    arrivals: Array.from(stamps, (atMs, i) => {
      const from = offset
      offset += lengths[i]!
      return { atMs, bytes: bytes.subarray(from, offset) }
    }),
    decoded: null,
    end: flight.end,
  }
}
