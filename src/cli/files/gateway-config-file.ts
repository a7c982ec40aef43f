import { type GatewayConfig, whyUnfit } from '../../gateway/node.ts'
import { findConfig, loadConfig, unusableConfig } from './load-config.ts'

const NAMES = ['soundcheck.gateway.ts', 'soundcheck.gateway.json']
const ADVICE = 'docs/gateway.md shows one'

/** A configuration of a gateway, and the file it came from. */
export interface GatewayConfigFile {
  readonly file: string
  readonly config: GatewayConfig
}

/**
 * Reads the configuration of a gateway: the file that was named, or the one in the working directory;
 * `undefined` when there is none.
 *
 * @throws SoundcheckError for a file that cannot be read, or holds what no gateway takes.
 */
export async function readGatewayConfig(
  named: string | undefined,
): Promise<GatewayConfigFile | undefined> {
  const file = named ?? (await findConfig(NAMES))
  if (file === undefined) return undefined
  const config = await loadConfig(file, ADVICE)
  const why = whyUnfit(config)
  if (why !== undefined) throw unusableConfig(file, why)
  return { file, config: config as GatewayConfig }
}
