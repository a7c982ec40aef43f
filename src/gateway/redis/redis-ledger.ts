import type { TokenLedger } from '../keys/token-ledger.ts'
import type { RedisLink } from './redis-link.ts'

/** A day is over at different times on different clocks. */
const KEPT_S = 2 * 86_400

/** Counts for all instances. */
export function redisLedger({ redis }: RedisLink): TokenLedger {
  const nameOf = (key: string, day: string) => `soundcheck:tokens:${day}:${key}`
  return {
    spent: async (key, day) => Number(await redis.get(nameOf(key, day))),
    async add(key, day, tokens) {
      const name = nameOf(key, day)
      await redis.multi().incrby(name, tokens).expire(name, KEPT_S).exec()
    },
  }
}
