import { EnvHttpProxyAgent } from 'undici'
import { looksLikeAKey, namesASecret } from '../../wire/index.ts'
import { logOptions } from '../account/log-options.ts'
import { countTokens } from '../account/count-tokens.ts'
import { GatewayMetrics } from '../account/metrics.ts'
import { requestLog } from '../account/request-log.ts'
import { textRedactor } from '../account/text-redactor.ts'
import { turnTraces } from '../account/turn-traces.ts'
import { type AnswerCache, answerCache, type AnswerCacheOptions } from '../cache/answer-cache.ts'
import { createGateway } from '../gateway.ts'
import type { GatewayOptions } from '../gateway-options.ts'
import { memoryLedger } from '../keys/token-ledger.ts'
import { tokenBudget } from '../keys/token-budget.ts'
import { redisLedger } from '../redis/redis-ledger.ts'
import { connectRedis, type RedisLink, type RedisOptions } from '../redis/redis-link.ts'
import { redisStore } from '../redis/redis-store.ts'
import {
  type ResponseStore,
  responseStore,
  type ResponseStoreOptions,
} from '../remembering/response-store.ts'
import { sendByUndici } from '../upstream/relay/send-by-undici.ts'
import { withDefaults } from '../with-defaults.ts'
import { makeApp } from './make-app.ts'
import { type RunningGateway, serveGateway } from './serve-gateway.ts'
import type { ServerOptions } from './server-options.ts'

/**
 * What a gateway answers, and where it listens.
 *
 * @example
 * { models: { voice: [{ url: 'http://127.0.0.1:8000/v1' }] }, port: 8787, cache: { ttlMs: 60_000 } }
 */
export interface StartGatewayOptions
  extends Omit<GatewayOptions, 'cache' | 'storeResponses'>, ServerOptions {
  /** Answers that were given before, in Redis where there is one; none are kept, when absent. */
  readonly cache?: AnswerCache | AnswerCacheOptions
  /** Responses that `previous_response_id` can go on from, in Redis where there is one; none are kept, when absent. */
  readonly storeResponses?: ResponseStore | ResponseStoreOptions
  /** Where limits and answers are kept for more than one instance; in memory, when absent. */
  readonly redis?: RedisOptions
  /** Logs one line a request; nothing is logged, when absent. */
  readonly log?: LogSettings
  /** The environment variables from which keys of upstreams come, by the upstream's name. */
  readonly keyVariables?: Readonly<Record<string, string>>
  /** What must not be told, beside the keys of servers that stand here. */
  readonly secrets?: () => readonly string[]
  /** Told what is worth knowing: that Redis cannot be reached, and that it is back. */
  readonly tell?: (message: string) => void
}

interface LogSettings {
  /**
   * Whether what was asked and said is logged, and told in traces.
   *
   * @defaultValue false
   */
  readonly content?: boolean
  /** @defaultValue standard output */
  readonly stream?: { write(line: string): void }
}

/**
 * Starts a gateway.
 *
 * @throws SoundcheckError for what makes no sense; when the address cannot be bound.
 */
export async function startGateway(options: StartGatewayOptions): Promise<RunningGateway> {
  const { cache, storeResponses, ...rest } = options
  const { tell = () => {}, onError = () => {}, log, keyVariables = {} } = options
  const { limits } = withDefaults(rest)
  const dispatcher = new EnvHttpProxyAgent({
    connect: { timeout: limits.connectMs },
    noProxy: withoutProxy(process.env),
    // The limits of a turn hold; these would be set anew by each piece of an answer.
    headersTimeout: 0,
    bodyTimeout: 0,
  })
  const redis = options.redis && (await connectRedis(options.redis, tell))
  const release = async () => {
    redis?.close()
    await dispatcher.destroy()
  }
  try {
    const ledger = redis ? redisLedger(redis) : memoryLedger()
    // That Redis is not there is told once.
    const budget = tokenBudget({ ledger, onError: redis ? () => {} : onError })
    const ownKeys = keysIn(options.models)
    const redactor = textRedactor(() => [...ownKeys, ...(options.secrets?.() ?? [])])
    const app = makeApp(options, log && logOptions({ redactor, ...log }))
    const metrics = new GatewayMetrics()
    const { content = false } = log ?? {}
    const traces = await turnTraces({ redactor, content })
    const observers = [
      ...(options.observers ?? []),
      budget.observer,
      metrics,
      ...(traces ? [traces] : []),
      ...(log ? [requestLog({ logger: app.log, redactor, content, keyVariables })] : []),
    ]
    const gateway = createGateway(
      {
        countTokens,
        ...rest,
        observers,
        ...(cache && { cache: cacheOf(cache, redis) }),
        ...(storeResponses && { storeResponses: storeOf(storeResponses, redis) }),
      },
      sendByUndici(dispatcher),
    )
    const running = await serveGateway({ app, gateway, observers, budget, redis, metrics }, options)
    const close: RunningGateway['close'] = async (draining) => {
      await running.close(draining)
      await release()
    }
    return { ...running, close, [Symbol.asyncDispose]: () => close({ drainMs: 0 }) }
  } catch (error) {
    await release()
    throw error
  }
}

function cacheOf(
  cache: AnswerCache | AnswerCacheOptions,
  redis: RedisLink | undefined,
): AnswerCache {
  if ('get' in cache) return cache
  return answerCache({ ...cache, ...(redis && { store: redisStore(redis) }) })
}

function storeOf(
  store: ResponseStore | ResponseStoreOptions,
  redis: RedisLink | undefined,
): ResponseStore {
  if ('add' in store) return store
  return responseStore({ ...store, ...(redis && { store: redisStore(redis) }) })
}

/** The keys of servers; a language model keeps its own to itself. */
function keysIn(models: GatewayOptions['models']): string[] {
  return Object.values(models)
    .flat()
    .flatMap((choice) => {
      if (!('url' in choice)) return []
      const { apiKey, headers = {} } = choice
      const secret = Object.entries(headers).filter(
        ([name, value]) => namesASecret(name) || looksLikeAKey(value),
      )
      return [...(apiKey === undefined ? [] : [apiKey]), ...secret.map(([, value]) => value)]
    })
}

/** What is on this machine is never reached by a proxy. */
function withoutProxy({ NO_PROXY, no_proxy = NO_PROXY }: NodeJS.ProcessEnv): string {
  return [no_proxy, 'localhost', '127.0.0.1', '[::1]'].filter(Boolean).join(',')
}
