import { SoundcheckError } from '../../endpoint/index.ts'
import type { GatewayConfig } from '../../gateway/node.ts'

export interface GatewayFlags {
  readonly upstream?: string[]
  readonly model?: string[]
  readonly config?: string
  readonly bufferWordsAfter?: number
  readonly bufferWords?: string[]
  readonly connect?: number
  readonly firstContent?: number
  readonly silence?: number
  readonly total?: number
  readonly apology?: string
  readonly reasoning?: 'drop' | 'send'
  readonly cache?: number
  readonly storeResponses?: number
  readonly port?: number
  readonly host?: string
  readonly apiKey?: string[]
  readonly keys?: string
  readonly allowAnyone?: true
  readonly rate?: number
  readonly cors?: string[]
  readonly bodyLimit?: number
  readonly redis?: string
  readonly redisDown?: 'open' | 'closed'
  readonly drain?: number
  readonly logContent?: true
}

/** What a server of one's own takes for a key, where it needs one. */
const UPSTREAM_KEY = 'UPSTREAM_API_KEY'
/** Where nobody names a model, any name will do. */
const ANY_MODEL = 'custom-model'

/**
 * Puts what was typed in place of what a configuration says.
 *
 * @throws SoundcheckError for flags that make no sense together.
 */
export function withFlags(
  config: GatewayConfig,
  flags: GatewayFlags,
  environment: NodeJS.ProcessEnv,
): GatewayConfig {
  const typed: { [Name in keyof GatewayConfig]: GatewayConfig[Name] | undefined } = {
    models: modelsOf(flags, environment) ?? config.models,
    bufferWords: bufferWordsOf(config, flags),
    limits: {
      ...config.limits,
      ...defined({
        connectMs: flags.connect,
        firstContentMs: flags.firstContent,
        silenceMs: flags.silence,
        totalMs: flags.total,
      }),
    },
    apology: flags.apology,
    reasoning: flags.reasoning,
    cache: flags.cache === undefined ? undefined : { ...config.cache, ttlSeconds: flags.cache },
    storeResponses:
      flags.storeResponses === undefined
        ? undefined
        : { ...config.storeResponses, ttlSeconds: flags.storeResponses },
    port: flags.port,
    host: flags.host,
    keysFile: flags.keys,
    allowAnyone: flags.allowAnyone,
    perMinute: flags.rate,
    cors: flags.cors,
    bodyLimit: flags.bodyLimit,
    drainSeconds: flags.drain,
    logContent: flags.logContent,
  }
  return { ...config, ...defined(typed) }
}

function modelsOf(
  { upstream: upstreams = [], model: models = [] }: GatewayFlags,
  environment: NodeJS.ProcessEnv,
): GatewayConfig['models'] {
  if (upstreams.length === 0) {
    if (models.length > 0) throw unusable('--model needs --upstream, to know whom to ask for it')
    return undefined
  }
  if (models.length > 1 && models.length !== upstreams.length) {
    throw unusable('give --model once, or once for each --upstream')
  }
  const [first = ANY_MODEL] = models
  const list = upstreams.map((upstream, i) => {
    const model = models[models.length === 1 ? 0 : i]
    const hasKey = upstream.includes('://') && environment[UPSTREAM_KEY]
    return { upstream, ...(model && { model }), ...(hasKey && { apiKeyEnv: UPSTREAM_KEY }) }
  })
  return { [first]: list }
}

function bufferWordsOf(
  { bufferWords }: GatewayConfig,
  { bufferWordsAfter = bufferWords?.afterMs, bufferWords: words }: GatewayFlags,
): GatewayConfig['bufferWords'] {
  if (bufferWordsAfter === undefined) {
    if (words) throw unusable('--buffer-words needs --buffer-words-after, to know when')
    return undefined
  }
  return { ...bufferWords, afterMs: bufferWordsAfter, ...(words && { words }) }
}

type Defined<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> }

function defined<T extends object>(members: T): Defined<T> {
  const entries = Object.entries(members).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as Defined<T>
}

function unusable(message: string): SoundcheckError {
  return new SoundcheckError('INVALID_INPUT', message)
}
