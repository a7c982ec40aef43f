import type { AddressInfo } from 'node:net'
import Fastify, { type FastifyError } from 'fastify'
import type { JournaledCall } from '../journal/index.ts'
import {
  createMockLlm,
  type MockCall,
  type MockControl,
  type MockLlmOptions,
  notFound,
  type Scenario,
} from '../mocks/index.ts'
import { answerModels, methodNotAllowed } from '../protocol/index.ts'
import {
  type AnyReply,
  describeThrown,
  type Fault,
  type Handler,
  headerValue,
  jsonReply,
} from '../wire/index.ts'
import { takeJsonAsText } from '../wire/node.ts'
import { noteArrivals } from './arrivals.ts'
import { authorize } from './authorize.ts'
import { addControl } from './control.ts'
import { PREFLIGHT } from './cors.ts'
import { LateFaults, type LoadFaults } from './late-faults.ts'
import { failure } from './refusals.ts'
import { serve, serveIn, serveJournaled } from './serve.ts'
import { type Answered, tellAnswered } from './tell-answered.ts'

/**
 * What the server answers, and where it listens.
 *
 * @example
 * { port: 8787, apiKey: 'secret', scenarios: [{ then: { text: 'Hello.' } }] }
 */
export interface ServerOptions extends MockLlmOptions {
  /**
   * Requests must bear it.
   *
   * @defaultValue any key will do, and none
   */
  readonly apiKey?: string
  /**
   * Breaks the endpoint on purpose.
   *
   * @defaultValue none
   */
  readonly fault?: Fault
  /** Loads what `findFault` would be, as soon as a scenario or a header may name a fault. */
  readonly loadFaults?: LoadFaults
  /**
   * Opens the control API, `/__soundcheck`, to whoever bears it; to programs on this machine only,
   * and not through a proxy, when absent.
   */
  readonly controlToken?: string
  /**
   * Called with what a model, or the code of a scenario, threw; the client gets a status 500 that does
   * not tell.
   *
   * @defaultValue writes it to stderr
   */
  readonly onError?: (error: unknown) => void
  /**
   * Starts some tenths of a second later, so that the first answer takes as long as the second.
   *
   * @defaultValue false
   */
  readonly warm?: boolean
  /** Called with each request once its answer is over, whatever became of it. */
  readonly onAnswered?: (answered: Answered) => void
  /**
   * Largest request body, in bytes.
   *
   * @defaultValue 8 MiB
   */
  readonly bodyLimit?: number
  /**
   * The address to listen on.
   *
   * @defaultValue '127.0.0.1'
   */
  readonly host?: string
  /**
   * The port to listen on; 0 for any free one.
   *
   * @defaultValue 0
   */
  readonly port?: number
}

export interface RunningServer extends MockControl {
  /** Base URL, as a platform would be given it: `http://127.0.0.1:8787/v1`. */
  readonly url: string
  /**
   * Answers with other scenarios from now on, as if started with them; the journal stays.
   *
   * @throws ScenarioError for one that cannot be used; then nothing changes.
   */
  replaceScenarios(scenarios: readonly Scenario[]): Promise<void>
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** Below which each path is answered. */
const BASES = ['/v1', '']
const MODELS_PATHS = ['/v1/models', '/v1/models/*', '/models', '/models/*']
const DEFAULT_BODY_LIMIT = 8 * 1024 * 1024

const noSchemas = () => {
  throw new Error('no route has a schema')
}

/**
 * Starts the reference server: an endpoint that keeps the whole contract.
 *
 * @throws when the address cannot be bound; ScenarioError for a scenario that cannot be used; TypeError
 * for such an option.
 */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const { host = '127.0.0.1', port = 0, bodyLimit = DEFAULT_BODY_LIMIT, warm, ...others } = options
  const {
    apiKey,
    fault,
    loadFaults,
    controlToken,
    onAnswered,
    onError = tellThrown,
    ...ofMock
  } = others
  const { modelNames } = ofMock
  const faults = loadFaults && new LateFaults(loadFaults)
  await faults?.loadFor(ofMock)
  const mock = createMockLlm({ ...ofMock, ...(faults && { findFault: faults.find }) })
  const failureOf = (error: FastifyError) => {
    if ((error.statusCode ?? 500) >= 500) onError(error)
    return failure(error, bodyLimit)
  }
  const app = Fastify({
    bodyLimit,
    forceCloseConnections: true,
    // No route has a schema, and the compilers of fastify's own take their time to load.
    schemaController: {
      compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas },
    },
    // What fails before there is a route, such as a URL that cannot be decoded.
    frameworkErrors(error, request, reply) {
      if (onAnswered) tellAnswered(request, reply, onAnswered)
      void serve(mock.numbering(async () => failureOf(error)))(request, reply)
    },
    routerOptions: { ignoreTrailingSlash: true },
  })
  app.decorateRequest('journalEntry', undefined)
  if (onAnswered) {
    app.addHook('onRequest', (request, reply, done) => {
      tellAnswered(request, reply, onAnswered)
      done()
    })
  }
  takeJsonAsText(app)

  const through = <C extends JournaledCall>(
    handler: Handler<C, AnyReply>,
  ): Handler<C, AnyReply> => {
    const numbered = mock.numbering(handler)
    return fault ? mock.faultMemory.inject(fault, numbered) : numbered
  }
  const guarded = <C extends JournaledCall>(handler: Handler<C, AnyReply>): Handler<C, AnyReply> =>
    through(
      apiKey === undefined
        ? handler
        : async (request, call) => {
            const refusal = authorize(headerValue(request.headers, 'authorization'), apiKey)
            return refusal ?? handler(request, call)
          },
    )

  const arrivalOf = noteArrivals(app.server, mock.clock)
  // What code of a user throws is answered here, where the journal sees it.
  const answer = guarded<MockCall>(async (http, call) => {
    try {
      return await mock.answer(http, call)
    } catch (error) {
      return failureOf(error as FastifyError)
    }
  })
  for (const dialect of mock.dialects) {
    const asked = serveJournaled(answer, mock, dialect, arrivalOf)
    const wrongMethod = serve(through(async ({ method }) => methodNotAllowed(method, dialect)))
    for (const url of BASES.map((base) => base + dialect.path)) {
      app.post(url, asked)
      app.route({ method: ['GET', 'PUT', 'PATCH', 'DELETE'], url, handler: wrongMethod })
    }
  }
  const answerKept = guarded(mock.answerKept)
  for (const dialect of mock.dialects.filter((each) => each.answerKept !== undefined)) {
    const kept = serveIn(dialect, answerKept)
    for (const url of BASES.map((base) => `${base}${dialect.path}/*`)) {
      app.route({ method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], url, handler: kept })
    }
  }
  const models = guarded(async (request) => answerModels(request, modelNames))
  for (const url of MODELS_PATHS) app.get(url, serve(models))
  app.get('/health', serve(through(async () => jsonReply(200, { status: 'ok' }))))
  addControl(app, mock, { token: controlToken, faults })
  app.options('*', serve(through(async () => PREFLIGHT)))
  app.setNotFoundHandler(serve(through(async (request) => notFound(request, mock.dialects))))
  app.setErrorHandler((error: FastifyError, request, reply) =>
    serve(through(async () => failureOf(error)))(request, reply),
  )

  if (warm) {
    // Apart from what each server takes: few are warmed up.
    const { warmUp } = await import('../mocks/index.ts')
    await warmUp(ofMock.as)
  }
  await app.listen({ port, host })
  const bound = app.server.address() as AddressInfo
  const address = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address
  const close = async () => app.close()
  return {
    url: `http://${address}:${bound.port}/v1`,
    ...mock.control,
    async replaceScenarios(scenarios) {
      await faults?.loadFor({ scenarios })
      await mock.remakeInTurns(scenarios)
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

function tellThrown(error: unknown): void {
  process.stderr.write(`the mock LLM threw ${describeThrown(error)}\n`)
}
