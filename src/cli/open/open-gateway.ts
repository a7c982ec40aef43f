import { SoundcheckError } from '../../endpoint/index.ts'
import {
  type GatewayConfig,
  loadUpstream,
  resolveGateway,
  type RunningGateway,
  startGateway,
} from '../../gateway/node.ts'
import { escapeText, namesASecret } from '../../wire/index.ts'
import { readGatewayConfig } from '../files/gateway-config-file.ts'
import { unusableConfig } from '../files/load-config.ts'
import { GATEWAY_HOST, GATEWAY_PORT } from '../options/gateway-options.ts'
import { cannotListen } from '../serve/cannot-listen.ts'
import { tell } from '../tell.ts'
import { type GatewayFlags, withFlags } from './gateway-flags.ts'
import { openKeys } from './open-keys.ts'

/** A gateway that was started from the command line. */
export interface OpenedGateway extends Pick<RunningGateway, 'url'> {
  /** `passed-on`: whatever is asked for is asked of the upstream. */
  readonly modelNames: readonly string[] | 'passed-on'
  readonly needsKey: boolean
  /** Lets answers come to their end first. */
  close(): Promise<void>
}

const DRAIN_SECONDS = 10

/**
 * Starts the gateway that flags and a configuration describe.
 *
 * @throws SoundcheckError for what makes no sense, or is missing.
 */
export async function openGateway(flags: GatewayFlags): Promise<OpenedGateway> {
  const found = await readGatewayConfig(flags.config)
  const config = withFlags(found?.config ?? {}, flags, process.env)
  const { models, drainSeconds = DRAIN_SECONDS, keysFile } = config
  if (!models) throw new SoundcheckError('INVALID_INPUT', NO_UPSTREAM)
  const { host = GATEWAY_HOST, port = GATEWAY_PORT } = config
  const given = openKeys(flags.apiKey, keysFile)
  const exported = secretsOfEnvironment()
  try {
    const options = await resolve({ ...config, models }, flags.upstream ? undefined : found?.file)
    const keys = given?.find ?? options.keys
    const running = await startGateway({
      ...options,
      ...redisOf(flags, options),
      ...(keys && { keys }),
      host,
      port,
      log: { content: config.logContent ?? false },
      secrets: () => [...exported, ...(given?.secrets() ?? [])],
      tell: (message) => tell(escapeText(message)),
      onError: (error) => tell(escapeText(String(error))),
    })
    return {
      url: running.url,
      modelNames: flags.upstream && !flags.model ? 'passed-on' : Object.keys(models),
      needsKey: keys !== undefined,
      async close() {
        await running.close({ drainMs: drainSeconds * 1_000 })
        given?.close()
      },
    }
  } catch (error) {
    given?.close()
    throw cannotListen(error, host, port)
  }
}

type Described = GatewayConfig & { readonly models: NonNullable<GatewayConfig['models']> }

/** Whoever starts the gateway may have exported any of them. */
function secretsOfEnvironment(): string[] {
  return Object.entries(process.env).flatMap(([name, value]) =>
    value && namesASecret(name) ? [value] : [],
  )
}

/** What is missing is said of the file that asks for it. */
async function resolve(config: Described, file: string | undefined) {
  try {
    return await resolveGateway(config, { environment: process.env, loadUpstream })
  } catch (error) {
    if (!(error instanceof SoundcheckError)) throw error
    throw file === undefined ? error : unusableConfig(file, error.message)
  }
}

function redisOf(
  { redis: url, redisDown: down }: GatewayFlags,
  options: Awaited<ReturnType<typeof resolveGateway>>,
): Pick<typeof options, 'redis'> {
  const redis = url === undefined ? options.redis : { ...options.redis, url }
  if (redis) return { redis: { ...redis, ...(down && { down }) } }
  if (down === undefined) return {}
  throw new SoundcheckError('INVALID_INPUT', '--redis-down needs --redis')
}

const NO_UPSTREAM =
  'nothing is named that answers: add --upstream, such as --upstream openai --model gpt-5-mini, or write soundcheck.gateway.ts'
