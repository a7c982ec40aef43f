import type { AddressInfo } from 'node:net'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  answerModels,
  chat,
  type Dialect,
  dialects,
  errorReply,
  methodNotAllowed,
} from '../../protocol/index.ts'
import {
  type AnyReply,
  type Header,
  type HttpRequest,
  jsonReply,
  type Reply,
  textReply,
} from '../../wire/index.ts'
import { goneSignal, headersOf, play } from '../../wire/node.ts'
import type { Exposition } from '../account/metrics.ts'
import { tellRefused } from '../account/tell-turn.ts'
import type { TurnObserver, TurnOpening } from '../account/turn-record.ts'
import type { Gateway } from '../gateway.ts'
import type { TokenBudget } from '../keys/token-budget.ts'
import type { RedisLink } from '../redis/redis-link.ts'
import { corsHeaders, PREFLIGHT } from './cors.ts'
import { entrance } from './entrance.ts'
import { failure } from './failure.ts'
import { OpenAnswers } from './open-answers.ts'
import { readiness } from './readiness.ts'
import { requestLimits } from './request-limits.ts'
import type { ServerOptions } from './server-options.ts'

export interface RunningGateway {
  /** Base URL, as a platform is given it: `http://127.0.0.1:8787/v1`. */
  readonly url: string
  /**
   * Takes no more requests, lets the answers that are under way come to their end for so long, 10
   * seconds when it is not said, and then ends them well.
   */
  close(options?: { readonly drainMs?: number }): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** What a server is made around. */
interface Inside {
  readonly app: FastifyInstance
  readonly gateway: Gateway
  readonly observers: readonly TurnObserver[]
  readonly budget: TokenBudget
  readonly redis: RedisLink | undefined
  /** What `/metrics` answers. */
  readonly metrics: { readonly exposition: () => Promise<Exposition> }
}

type Listener = (request: FastifyRequest, reply: FastifyReply) => Promise<void>

const BASES = ['/v1', '']
const DRAIN_MS = 10_000
/** Until what has been ended is written. */
const END_MS = 2_000
const REACH_MS = 2_000
/** How long `/ready` believes what it found out. */
const READY_TTL_MS = 5_000

/**
 * Puts a gateway into a server, and starts it.
 *
 * @throws SoundcheckError where whoever reaches it could ask, and that was not said; when the address
 *   cannot be bound.
 */
export async function serveGateway(
  { app, gateway, observers, budget, redis, metrics }: Inside,
  options: ServerOptions,
): Promise<RunningGateway> {
  const { host = '127.0.0.1', port = 0, cors = [], onError } = options
  const enter = entrance(options)
  const open = new OpenAnswers()
  let isStopping = false

  async function send(
    request: FastifyRequest,
    reply: FastifyReply,
    answer: AnyReply,
  ): Promise<void> {
    const headers = [
      ...answer.headers,
      ...(request.answerHeaders ?? NONE),
      ...corsHeaders(request.headers.origin, cors),
      ...(isStopping ? LAST : NONE),
      ['x-request-id', request.id] as const,
    ]
    reply.hijack()
    try {
      await play({ ...answer, headers }, reply.raw)
    } catch (error) {
      // Nobody else answers any more.
      reply.raw.destroy()
      onError?.(error)
    }
  }
  const refuse = (request: FastifyRequest, reply: FastifyReply, answer: Reply): Promise<void> => {
    if (request.routeOptions.config.isForTurns)
      tellRefused(observers, openingOf(request), answer.status)
    return send(request, reply, answer)
  }
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    if ((error.statusCode ?? 500) >= 500) onError?.(error)
    return refuse(request, reply, failure(error))
  })
  const limits = await requestLimits(app, { perMinute: options.perMinute, budget, redis })
  const unreachable = readiness(gateway.upstreams, {
    timeoutMs: options.patience?.reachMs ?? REACH_MS,
    ttlMs: READY_TTL_MS,
  })

  const turnAway: Listener = async (request, reply) => {
    if (isStopping) await refuse(request, reply, STOPPING)
  }
  const letIn: Listener = async (request, reply) => {
    const entry = await enter(request)
    if ('refusal' in entry) await refuse(request, reply, entry.refusal)
    else request.keyHolder = entry.holder
  }
  const limit: Listener = async (request, reply) => {
    const limited = await limits(request, request.keyHolder)
    if ('refusal' in limited) await refuse(request, reply, limited.refusal)
    else request.answerHeaders = limited.headers
  }
  const answerTurn: Listener = async (request, reply) => {
    open.add(reply.raw)
    const { id, keyHolder: key } = request
    const call = { id, key, gone: goneSignal(reply.raw) }
    await send(request, reply, await gateway.answer(readRequest(request), call))
  }
  const answerReady: Listener = async (request, reply) => {
    if (isStopping) return send(request, reply, jsonReply(503, { status: 'stopping' }))
    const absent = await unreachable()
    const answer =
      absent.length === 0
        ? jsonReply(200, { status: 'ready' })
        : jsonReply(503, { status: 'not ready', unreachable: absent })
    return send(request, reply, answer)
  }
  const wrongMethod =
    (dialect: Dialect): Listener =>
    (request, reply) =>
      send(request, reply, methodNotAllowed(request.method, dialect))

  for (const dialect of dialects) {
    const handler = wrongMethod(dialect)
    for (const url of BASES.map((base) => base + dialect.path)) {
      const onRequest = [turnAway, letIn, limit]
      app.post(url, { onRequest, config: { isForTurns: true } }, answerTurn)
      app.route({ method: ['GET', 'PUT', 'PATCH', 'DELETE'], url, handler })
    }
  }
  for (const url of BASES.flatMap((base) => [`${base}/models`, `${base}/models/*`])) {
    app.get(url, { onRequest: letIn }, (request, reply) =>
      send(request, reply, answerModels(readRequest(request), gateway.modelNames)),
    )
  }
  app.get('/metrics', { onRequest: letIn }, async (request, reply) => {
    const { contentType, body } = await metrics.exposition()
    await send(request, reply, textReply(200, contentType, body))
  })
  app.get('/health', (request, reply) => send(request, reply, jsonReply(200, { status: 'ok' })))
  app.get('/ready', answerReady)
  app.options('*', cors.length === 0 ? wrongMethod(chat) : (...args) => send(...args, PREFLIGHT))
  app.setNotFoundHandler((request, reply) => send(request, reply, NOT_FOUND))

  await app.listen({ port, host })
  const stop = async (drainMs: number) => {
    isStopping = true
    app.server.close()
    await open.over(drainMs)
    gateway.endAll()
    await open.over(END_MS)
    await app.close()
  }
  let stopped: Promise<void> | undefined
  const close: RunningGateway['close'] = ({ drainMs = DRAIN_MS } = {}) =>
    (stopped ??= stop(drainMs))
  return {
    url: urlOf(app.server.address() as AddressInfo),
    close,
    [Symbol.asyncDispose]: () => close({ drainMs: 0 }),
  }
}

const NONE: readonly Header[] = []
const LAST: readonly Header[] = [['connection', 'close']]

const STOPPING = errorReply({
  status: 503,
  message: 'This gateway is being stopped. Ask again: another one will answer.',
  headers: [['retry-after', '1']],
})

const places = dialects.map(({ title, path }) => `${title} are at POST /v1${path}.`).join(' ')
const NOT_FOUND = errorReply({
  status: 404,
  message: `There is nothing at this path. ${places}`,
  code: 'unknown_url',
})

/** What is known of a request before it is read. */
function openingOf({ id, keyHolder }: FastifyRequest): TurnOpening {
  return {
    id,
    startedAt: new Date().toISOString(),
    key: keyHolder?.name ?? null,
    model: null,
    conversation: null,
    isStreamed: false,
  }
}

function readRequest({ method, url, body, raw }: FastifyRequest): HttpRequest {
  return { method, url, headers: headersOf(raw), body: typeof body === 'string' ? body : null }
}

function urlOf({ address, port, family }: AddressInfo): string {
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}/v1`
}
