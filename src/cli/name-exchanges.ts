import type { Exchange } from '../wire/index.ts'

/** Names exchanges by their probe and their place in it: `farewell-1`, `farewell-2`. */
export function nameExchanges(exchanges: readonly Exchange[]): Map<string, Exchange> {
  const counts = new Map<string, number>()
  return new Map(
    exchanges.map((exchange) => {
      const count = (counts.get(exchange.probe) ?? 0) + 1
      counts.set(exchange.probe, count)
      return [`${exchange.probe}-${count}`, exchange]
    }),
  )
}
