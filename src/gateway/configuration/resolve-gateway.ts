import { SoundcheckError } from '../../endpoint/index.ts'
import type { FindKey } from '../keys/find-key.ts'
import { type GatewayKey, keyRing } from '../keys/key-ring.ts'
import type { StartGatewayOptions } from '../serving/start-gateway.ts'
import type { ModelChoice } from '../upstream/model-choice.ts'
import { keyVariableOf } from '../upstream/provider/key-variable-of.ts'
import type { GatewayConfig, NamedUpstream } from './gateway-config.ts'
import { isInCode } from './is-in-code.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** What a configuration is made real by. */
export interface Surroundings {
  readonly environment: Environment
  /** Finds an upstream by its name or URL. */
  readonly loadUpstream: (
    upstream: { readonly upstream: string; readonly model?: string; readonly apiKey?: string },
    environment: Environment,
  ) => Promise<ModelChoice>
}

/**
 * Makes the options of a gateway of its configuration: upstreams are loaded, and what stands in the
 * environment is read. A file of keys is for who can read it.
 *
 * @throws SoundcheckError for what is missing; it says where it is asked for.
 */
export async function resolveGateway(
  config: GatewayConfig & { readonly models: NonNullable<GatewayConfig['models']> },
  { environment, loadUpstream }: Surroundings,
): Promise<StartGatewayOptions> {
  const { keys, cache, storeResponses, redis, models: named, ...rest } = config
  const models: Record<string, ModelChoice[]> = {}
  const keyVariables: Record<string, string> = {}
  for (const [name, list] of Object.entries(named)) {
    models[name] = await Promise.all(
      list.map(async (each, i) => {
        if (isInCode(each)) return each
        const choice = await load(each, `/models/${name}/${i}`, { environment, loadUpstream })
        const variable = each.apiKeyEnv ?? keyVariableOf(each.upstream)
        if (variable !== undefined) keyVariables[nameOf(choice)] = variable
        return choice
      }),
    )
  }
  return {
    ...rest,
    models,
    keyVariables,
    ...(keys && { keys: findKey(keys, environment) }),
    ...(cache && { cache: inMs(cache) }),
    ...(storeResponses && { storeResponses: inMs(storeResponses) }),
    ...(redis && {
      redis: {
        url: valueOf(environment, redis.urlEnv, '/redis/urlEnv'),
        ...(redis.down && { down: redis.down }),
      },
    }),
  }
}

async function load(
  { upstream, model, apiKeyEnv, headers, headersEnv, name }: NamedUpstream,
  path: string,
  { environment, loadUpstream }: Surroundings,
): Promise<ModelChoice> {
  const apiKey = apiKeyEnv && valueOf(environment, apiKeyEnv, `${path}/apiKeyEnv`)
  const asked = { upstream, ...(model && { model }), ...(apiKey && { apiKey }) }
  const choice = await loadUpstream(asked, environment).catch((error: unknown) => {
    if (!(error instanceof SoundcheckError)) throw error
    throw missing(`${path}/upstream:`, error.message)
  })
  if (!headers && !headersEnv && !name) return choice
  if (!('url' in choice)) {
    throw missing(path, '"headers" and "name" are for servers, which are given by their URL')
  }
  const fromEnvironment = Object.entries(headersEnv ?? {}).map(([header, variable]) => [
    header,
    valueOf(environment, variable, `${path}/headersEnv/${header}`),
  ])
  return {
    ...choice,
    headers: { ...choice.headers, ...headers, ...Object.fromEntries(fromEnvironment) },
    ...(name && { name }),
  }
}

/** As logs name it. */
function nameOf(choice: ModelChoice): string {
  if ('url' in choice) return choice.name ?? new URL(choice.url).host
  if ('languageModel' in choice) return choice.languageModel.provider
  return 'provider' in choice ? choice.provider : choice.name
}

function findKey(keys: NonNullable<GatewayConfig['keys']>, environment: Environment): FindKey {
  if (typeof keys === 'function') return keys
  return keyRing(
    keys.map(({ keyEnv, sha256, ...holder }, i): GatewayKey => {
      if (sha256 !== undefined) return { ...holder, sha256 }
      return { ...holder, key: valueOf(environment, keyEnv!, `/keys/${i}/keyEnv`) }
    }),
  )
}

function inMs<T extends object>({ ttlSeconds, ...rest }: T & { readonly ttlSeconds: number }) {
  return { ...rest, ttlMs: ttlSeconds * 1_000 }
}

function valueOf(environment: Environment, variable: string, path: string): string {
  const value = environment[variable]
  if (value) return value
  throw missing(path, `names ${variable}, which is not set: export ${variable}=...`)
}

function missing(path: string, why: string): SoundcheckError {
  return new SoundcheckError('INVALID_INPUT', `${path} ${why}`)
}
