import type { IncomingMessage, Server } from 'node:http'
import type { Clock } from '../wire/index.ts'

/** When a request had come in, by the clock; `undefined` where its body came behind its head. */
export type ArrivalOf = (request: IncomingMessage) => number | undefined

/**
 * Notes of requests that came in one piece when they did. Until they are read, some milliseconds may pass
 * in a process that was idle: a client has waited for those, too.
 */
export function noteArrivals(server: Server, clock: Clock): ArrivalOf {
  const arrivals = new WeakMap<IncomingMessage, number>()
  server.prependListener('request', (request: IncomingMessage) => {
    arrivals.set(request, clock.now())
    // What came with the head is read in the same turn of the event loop.
    setImmediate(() => arrivals.delete(request))
  })
  return (request) => arrivals.get(request)
}
