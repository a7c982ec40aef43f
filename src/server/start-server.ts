import type { AddressInfo } from 'node:net'
import Fastify, { type FastifyError, type FastifyReply, type FastifyRequest } from 'fastify'
import { defaultModel, type Model } from '../mocks/index.ts'
import type { ModelList } from '../protocol/index.ts'
import { type Header, type HttpRequest, jsonReply, type Reply, type Tamper } from '../wire/index.ts'
import { play } from '../wire/node.ts'
import { answerChat } from './answer-chat.ts'
import { authorize } from './authorize.ts'
import { failure, methodNotAllowed, notFound } from './refusals.ts'

export interface ServerOptions {
  /** What answers; the deterministic default model when absent. */
  readonly model?: Model
  /** Names that requests may ask for; any name, when absent. */
  readonly models?: readonly string[]
  /** Requests must bear it, when present. */
  readonly apiKey?: string
  /** A fault that every answer passes through. */
  readonly tamper?: Tamper
  /** Largest request body, in bytes. */
  readonly bodyLimit?: number
  /** `127.0.0.1` when absent. */
  readonly host?: string
  /** A free one when absent. */
  readonly port?: number
}

export interface RunningServer {
  /** Base URL, as a platform would be given it: `http://127.0.0.1:8787/v1`. */
  readonly url: string
  close(): Promise<void>
}

const CHAT_PATHS = ['/v1/chat/completions', '/chat/completions']
const MODELS_PATHS = ['/v1/models', '/models']
const DEFAULT_MODEL_NAME = 'custom-model'
const DEFAULT_BODY_LIMIT = 8 * 1024 * 1024

/**
 * Starts the reference server: an endpoint that keeps the whole contract.
 *
 * @throws when the address cannot be bound.
 */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const { model = defaultModel(), models, apiKey, tamper } = options
  const app = Fastify({
    bodyLimit: options.bodyLimit ?? DEFAULT_BODY_LIMIT,
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true },
  })
  // Bodies stay text, so that a bad one is answered in our own words.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    /^application\/(?:[\w.-]+\+)?json\b/,
    { parseAs: 'string' },
    (_, body, done) => done(null, body),
  )

  const send = (request: FastifyRequest, reply: FastifyReply, answer: Reply) => {
    reply.hijack()
    const tampered = tamper ? tamper(answer, toHttpRequest(request)) : answer
    return play(withCors(tampered), reply.raw)
  }
  const guarded =
    (answer: (request: FastifyRequest) => Reply | Promise<Reply>) =>
    async (request: FastifyRequest, reply: FastifyReply) => {
      const refusal = authorize(request.headers.authorization, apiKey)
      return send(request, reply, refusal ?? (await answer(request)))
    }

  for (const url of CHAT_PATHS) {
    app.post(
      url,
      guarded((request) => answerChat(request.body as string, model, models)),
    )
    app.route({
      method: ['GET', 'PUT', 'PATCH', 'DELETE'],
      url,
      handler: (request, reply) => send(request, reply, methodNotAllowed(request.method)),
    })
  }
  for (const url of MODELS_PATHS) {
    app.get(
      url,
      guarded(() => jsonReply(200, modelList(models ?? [DEFAULT_MODEL_NAME]))),
    )
  }
  app.get('/health', (request, reply) => send(request, reply, jsonReply(200, { status: 'ok' })))
  app.options('*', (request, reply) => send(request, reply, PREFLIGHT))
  app.setNotFoundHandler((request, reply) =>
    send(request, reply, notFound(request.method, request.url)),
  )
  app.setErrorHandler((error: FastifyError, request, reply) => send(request, reply, failure(error)))

  await app.listen({ port: options.port ?? 0, host: options.host ?? '127.0.0.1' })
  const { address, port, family } = app.server.address() as AddressInfo
  const host = family === 'IPv6' ? `[${address}]` : address
  return { url: `http://${host}:${port}/v1`, close: () => app.close() }
}

function toHttpRequest({ method, url, headers, body }: FastifyRequest): HttpRequest {
  return {
    method,
    url,
    headers: Object.entries(headers).flatMap(([name, value]) =>
      [value ?? []].flat().map((each): Header => [name, each]),
    ),
    body: typeof body === 'string' ? body : null,
  }
}

const PREFLIGHT: Reply = {
  status: 204,
  headers: [
    ['access-control-allow-methods', 'GET, POST, OPTIONS'],
    ['access-control-allow-headers', '*, authorization'],
    ['access-control-max-age', '86400'],
  ],
  frames: [],
}

function withCors(reply: Reply): Reply {
  return { ...reply, headers: [...reply.headers, ['access-control-allow-origin', '*']] }
}

function modelList(names: readonly string[]): ModelList {
  return {
    object: 'list',
    data: names.map((id) => ({
      id,
      object: 'model',
      created: 1_767_225_600,
      owned_by: 'soundcheck',
    })),
  }
}
