import { requestUrl, SoundcheckError } from '../endpoint/index.ts'
import { asksForAnswer, chat, dialectFor } from '../protocol/index.ts'
import { type Exchange, isLoopback } from '../wire/index.ts'
import { type ConversationTurn, Conversations } from './conversation/conversations.ts'
import type { TapInfo } from './pass/exchange-queue.ts'
import type { ConnectionEvent } from './pass/passed-connection.ts'
import type { TlsOptions } from './pass/side.ts'
import type { Pass } from './pass/open-pass.ts'
import { startPass } from './pass/start-pass.ts'

/** An exchange that has passed. */
export interface Passed<Finding = never> {
  readonly exchange: Exchange
  /** What is new about turns of its conversation: first its own, if it is one. */
  readonly turns: readonly ConversationTurn[]
  /** What the judge found in it. */
  readonly findings: readonly Finding[]
  /** What an exchange has no room for. */
  readonly info: TapInfo
}

/**
 * What stands between a platform and an endpoint.
 *
 * @example
 * { upstream: 'http://localhost:8000/v1', onExchange: ({ exchange }) => console.log(exchange.end) }
 */
export interface TapOptions<Finding = never> {
  /** The server URL of the endpoint. Clients say themselves which path they ask for. */
  readonly upstream: string
  /** @defaultValue '127.0.0.1' */
  readonly host?: string
  /**
   * 0 for any free one.
   *
   * @defaultValue 0
   */
  readonly port?: number
  /** What each request must bear: in `x-soundcheck-tap-token`, or before its path, as `/t/<token>`. */
  readonly token?: string
  /** Clients speak TLS. */
  readonly tls?: TlsOptions
  /**
   * Whether the endpoint may have any certificate.
   *
   * @defaultValue false
   */
  readonly insecure?: boolean
  /** Judges an exchange in which an answer was asked for, after it has passed. */
  readonly judge?: (exchange: Exchange) => Promise<readonly Finding[]>
  /** Called with each exchange once it is over, and judged. */
  readonly onExchange?: (passed: Passed<Finding>) => unknown
  readonly onFinding?: (finding: Finding, exchange: Exchange) => unknown
  readonly onConnection?: (connection: number, event: ConnectionEvent) => void
  /** Called with what the other functions throw. */
  readonly onError?: (error: unknown) => void
}

export interface RunningTap {
  /** What to give the platform in place of the server URL. */
  readonly url: string
  /** Breaks all connections off; resolves when the last exchange was judged. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * Stands between a voice platform and its endpoint: passes bytes untouched, and tells of each exchange.
 *
 * @throws SoundcheckError for a URL that is none or leads back to the tap, or an empty token; when the
 * address cannot be bound.
 */
export async function startTap<Finding = never>(options: TapOptions<Finding>): Promise<RunningTap> {
  const { upstream, judge, onExchange, onFinding, onError, onConnection } = options
  if (options.token === '') {
    throw new SoundcheckError('INVALID_INPUT', 'the token is empty, so that anybody bears it')
  }
  // The same URLs make sense as where requests are sent.
  const { path } = dialectFor(upstream) ?? chat
  const asked = new URL(requestUrl(upstream, path))
  const conversations = new Conversations()
  const judged = async (exchange: Exchange) =>
    judge && asksForAnswer(exchange.request) ? judge(exchange) : []
  // What has passed is told of, whatever befalls its judge, or who hears of findings.
  const failed = (error: unknown) => {
    onError?.(error)
    return []
  }
  const tellOf = async (finding: Finding, exchange: Exchange) => onFinding?.(finding, exchange)
  const pass = await startPass({
    upstream: asked,
    host: options.host ?? '127.0.0.1',
    port: options.port ?? 0,
    insecure: options.insecure ?? false,
    ...(options.token !== undefined && { token: options.token }),
    ...(options.tls && { tls: options.tls }),
    ...(onConnection && { onConnection }),
    ...(onError && { onError }),
    async onExchange(exchange, info) {
      const findings = await judged(exchange).catch(failed)
      for (const finding of findings) await tellOf(finding, exchange).catch(failed)
      await onExchange?.({ exchange, findings, info, turns: conversations.add(exchange) })
    },
  })
  if (isItself(asked, new URL(pass.url))) {
    await pass.close()
    const message = `${asked.origin} is this tap itself: give it a port that the endpoint does not have`
    throw new SoundcheckError('INVALID_INPUT', message)
  }
  return running(pass, asked.pathname.slice(0, -path.length), options.token)
}

/** What asks itself does so for ever. */
function isItself({ hostname, port }: URL, own: URL): boolean {
  const local = hostname === 'localhost' ? ['127.0.0.1', '[::1]'] : [hostname]
  const isHere = isLoopback(hostname) && [...local, '0.0.0.0', '[::]'].includes(own.hostname)
  return isHere && port === own.port
}

function running(pass: Pass, path: string, token: string | undefined): RunningTap {
  const close = () => pass.close()
  const before = token === undefined ? '' : `/t/${encodeURIComponent(token)}`
  return { url: `${pass.url}${before}${path}`, close, [Symbol.asyncDispose]: close }
}
