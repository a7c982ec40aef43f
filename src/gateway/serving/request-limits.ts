import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { errorReply } from '../../protocol/index.ts'
import type { Header, Reply } from '../../wire/index.ts'
import type { LimitedKeyHolder } from '../keys/find-key.ts'
import type { TokenBudget } from '../keys/token-budget.ts'
import type { RedisLink } from '../redis/redis-link.ts'

export interface LimitOptions {
  /** Requests in a minute, of one key, or one address where none is needed; any number, when absent. */
  readonly perMinute: number | undefined
  readonly budget: TokenBudget
  /** Where requests are counted; in memory, when absent. */
  readonly redis: RedisLink | undefined
}

/** What a request within its limits is told of them, or why it is refused. */
type Limited = { readonly headers: readonly Header[] } | { readonly refusal: Reply }

/** Counts a request against its limits. */
export type RequestLimits = (
  request: FastifyRequest,
  holder: LimitedKeyHolder | null,
) => Promise<Limited>

const MINUTE_MS = 60_000

/** Makes limits of the requests of a server. */
export async function requestLimits(
  app: FastifyInstance,
  { perMinute, budget, redis }: LimitOptions,
): Promise<RequestLimits> {
  const holders = new WeakMap<FastifyRequest, LimitedKeyHolder>()
  const rateOf = (holder: LimitedKeyHolder | undefined) => holder?.perMinute ?? perMinute
  await app.register(rateLimit, {
    global: false,
    timeWindow: MINUTE_MS,
    max: (request) => rateOf(holders.get(request)) ?? Infinity,
    keyGenerator(request) {
      const holder = holders.get(request)
      return holder ? `key:${holder.name}` : `ip:${rateLimit.normalizeIP(request.ip)}`
    },
    ...(redis && { redis: redis.redis, nameSpace: 'soundcheck:rate:' }),
  })
  const count = app.createRateLimit()
  const withinRate = async (request: FastifyRequest): Promise<Limited> => {
    const rate = await count(request)
    if (rate.isAllowed) return NO_LIMIT
    const headers: Header[] = [
      ['x-ratelimit-limit', String(rate.max)],
      ['x-ratelimit-remaining', String(rate.remaining)],
      ['x-ratelimit-reset', String(rate.ttlInSeconds)],
    ]
    return rate.isExceeded
      ? { refusal: tooMany(rate.max, rate.ttlInSeconds, headers) }
      : { headers }
  }
  return async (request, holder) => {
    if (holder) holders.set(request, holder)
    try {
      const rated = rateOf(holder ?? undefined) === undefined ? NO_LIMIT : await withinRate(request)
      if ('refusal' in rated || !holder) return rated
      const refusal = await budget.refusal(holder)
      return refusal ? { refusal } : rated
    } catch (error) {
      // Only what is asked over a network fails.
      if (!redis) throw error
      return redis.down === 'open' ? NO_LIMIT : { refusal: CANNOT_TELL }
    }
  }
}

const NO_LIMIT: Limited = { headers: [] }

const CANNOT_TELL = errorReply({
  status: 503,
  message: 'The limits of this gateway cannot be looked up just now. Try again in a moment.',
  headers: [['retry-after', '1']],
})

function tooMany(max: number, waitS: number, headers: readonly Header[]): Reply {
  return errorReply({
    status: 429,
    message: `More than ${max} requests in a minute. Try again in ${waitS} s.`,
    code: 'rate_limit_exceeded',
    headers: [...headers, ['retry-after', String(waitS)]],
  })
}
