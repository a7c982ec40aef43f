import type { AnswerStore } from '../cache/answer-store.ts'
import type { RedisLink } from './redis-link.ts'

/** Keeps answers for all instances. How many is for Redis to say, by its `maxmemory-policy`. */
export function redisStore({ redis }: RedisLink): AnswerStore {
  return {
    get: async (key) => (await redis.get(key)) ?? undefined,
    set: async (key, value: string, ttlMs) =>
      ttlMs === undefined ? redis.set(key, value) : redis.set(key, value, 'PX', ttlMs),
    delete: async (key) => (await redis.del(key)) > 0,
    // Others may keep things there, too.
    clear: async () => {},
  }
}
