import type { Call } from '../wire/index.ts'

/** Who asks, as a key tells. */
export interface KeyHolder {
  readonly name: string
  /** The models that it may ask for; all, when absent. */
  readonly models?: readonly string[]
}

/** What goes with a request to a gateway. */
export interface GatewayCall extends Call {
  /** Names the request in logs: `x-request-id`. */
  readonly id: string
  /** `null` where no key is needed. */
  readonly key: KeyHolder | null
}
