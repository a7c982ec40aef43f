import Fastify, { type FastifyInstance, type FastifyServerOptions, LogController } from 'fastify'
import type { Header } from '../../wire/index.ts'
import { takeJsonAsText } from '../../wire/node.ts'
import type { LimitedKeyHolder } from '../keys/find-key.ts'
import { answerClientError } from './client-error.ts'
import { requestId } from '../request-id.ts'
import type { ServerOptions } from './server-options.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose key it bears. */
    keyHolder: LimitedKeyHolder | null
    /** What its answer says beside its own headers. */
    answerHeaders: readonly Header[]
  }
  interface FastifyContextConfig {
    /** Whether turns are asked for here. */
    isForTurns?: true
  }
}

const DEFAULT_BODY_LIMIT = 8 * 1024 * 1024
/** A connection on which nothing moves; longer than any answer is silent. */
const STILL_MS = 120_000
/** How often connections are looked at that keep waiting. */
const LOOK_MS = 1_000

const noSchemas = () => {
  throw new Error('no route has a schema')
}

/** Makes a server without routes, which takes text for what it is sent. */
export function makeApp(
  { bodyLimit, patience = {} }: ServerOptions,
  logger?: FastifyServerOptions['logger'],
): FastifyInstance {
  const { headersMs = 10_000, requestMs = 30_000, keepAliveMs = 75_000 } = patience
  const app: FastifyInstance = Fastify({
    bodyLimit: bodyLimit ?? DEFAULT_BODY_LIMIT,
    forceCloseConnections: true,
    connectionTimeout: STILL_MS,
    requestTimeout: requestMs,
    keepAliveTimeout: keepAliveMs,
    http: { headersTimeout: headersMs, connectionsCheckingInterval: LOOK_MS },
    clientErrorHandler: answerClientError,
    genReqId: ({ headers }) => requestId(headers['x-request-id']),
    requestIdHeader: false,
    // A turn is logged by who observes it.
    ...(logger && {
      logger,
      logController: new LogController({ disableRequestLogging: true }),
      childLoggerFactory: (parent) => parent,
    }),
    return503OnClosing: false,
    // No route has a schema, and the compilers of fastify's own take their time to load.
    schemaController: {
      compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas },
    },
    // What fails before there is a route, such as a URL that cannot be decoded.
    frameworkErrors: (...args) => app.errorHandler(...args),
    routerOptions: { ignoreTrailingSlash: true },
  })
  app.decorateRequest('keyHolder', null)
  app.decorateRequest('answerHeaders')
  takeJsonAsText(app)
  return app
}
