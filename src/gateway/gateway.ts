import type { AnyReply, Handler } from '../wire/index.ts'
import type { GatewayCall } from './gateway-call.ts'
import type { GatewayOptions } from './gateway-options.ts'
import type { Upstream } from './upstream/upstream.ts'

/** A correct endpoint in front of any model. */
export interface Gateway {
  /** Answers `POST /chat/completions`, streamed or whole; never throws, and gives what goes wrong as an answer. */
  readonly answer: Handler<GatewayCall, AnyReply>
  /** The names under which models are configured. */
  readonly modelNames: readonly string[]
  /** All that it may ask, each once. */
  readonly upstreams: readonly Upstream[]
  /** How many requests are under way. */
  readonly underWay: number
  /** Ends all answers that are under way, well: what was said stands, and the stream is finished. */
  readonly endAll: () => void
}

/** Makes a gateway. */
export function createGateway(_options: GatewayOptions): Gateway {
  throw new Error('not yet')
}
