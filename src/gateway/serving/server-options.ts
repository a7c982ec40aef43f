import type { FindKey } from '../keys/find-key.ts'

/** Where a gateway listens, and whom it lets in. */
export interface ServerOptions {
  /** @defaultValue '127.0.0.1' */
  readonly host?: string
  /**
   * The port to listen on; 0 for any free one.
   *
   * @defaultValue 0
   */
  readonly port?: number
  /**
   * Whose keys are good: requests must bear one.
   *
   * @defaultValue none is needed, and only programs on this machine are answered
   */
  readonly keys?: FindKey
  /**
   * Answers whoever asks, where no key is needed.
   *
   * @defaultValue false
   */
  readonly allowAnyone?: boolean
  /** Requests in a minute, of one key, or one address where none is needed; any number, when absent. */
  readonly perMinute?: number
  /**
   * Origins whose pages may ask; `*` for any.
   *
   * @defaultValue none
   */
  readonly cors?: readonly string[]
  /**
   * Largest request body, in bytes.
   *
   * @defaultValue 8 MiB
   */
  readonly bodyLimit?: number
  /** How long is waited for a request. */
  readonly patience?: Partial<Patience>
  /** Called with what went wrong inside; the client gets a status 500 that does not tell. */
  readonly onError?: (error: unknown) => void
}

/** All in milliseconds. */
interface Patience {
  /** @defaultValue 10000 */
  readonly headersMs: number
  /** @defaultValue 30000 */
  readonly requestMs: number
  /**
   * Between two requests on a connection: more than the minute of most load balancers.
   *
   * @defaultValue 75000
   */
  readonly keepAliveMs: number
  /**
   * For one upstream, when `/ready` asks.
   *
   * @defaultValue 2000
   */
  readonly reachMs: number
}
