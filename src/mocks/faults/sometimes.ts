import type { Fault, HttpRequest } from '../../wire/index.ts'
import { fingerprint } from '../../protocol/index.ts'

/**
 * A fault that befalls a share of the requests. Which ones depends on the seed and the request, so
 * the same request has the same fate at every run, and on every front, which write URLs in their own
 * way.
 */
export function sometimes(fault: Fault, rate: number, seed: number): Fault {
  if (rate >= 1) return fault
  const strikes = ({ method, body }: HttpRequest) =>
    (fingerprint(seed, 'fault', method, body ?? '') % 1_000_000) / 1_000_000 < rate
  if (typeof fault === 'function') {
    return (reply, request) => (strikes(request) ? fault(reply, request) : reply)
  }
  return {
    wrap(handler) {
      const broken = fault.wrap(handler)
      return (request, call) => (strikes(request) ? broken : handler)(request, call)
    },
  }
}
