import type { GatewayConfig } from './gateway-config.ts'

/** Types the default export of a `soundcheck.gateway.ts`. */
export function defineGateway(config: GatewayConfig): GatewayConfig {
  return config
}
