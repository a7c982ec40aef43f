import { concatArrivals, type Exchange } from '../../src/wire/index.ts'

/** An exchange without what the clock says. */
export function exchangeGist({ response, arrivals, decoded, end }: Exchange) {
  const { atMs: _, ...head } = response ?? {}
  const { atMs: __, ...how } = end
  return {
    head,
    body: Buffer.from(concatArrivals(arrivals)),
    decoded: decoded && Buffer.from(concatArrivals(decoded)),
    how,
  }
}
