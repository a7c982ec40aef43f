import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { journalJson, maskOf, namedScope, scopeOf } from '../journal/index.ts'
import { errorReply, type MockLlm, scenariosFrom } from '../mocks/index.ts'
import { parseJsonOrThrow } from '../protocol/index.ts'
import { escapedJsonReply, type Header, isLocal, type Reply, textReply } from '../wire/index.ts'
import { headersOf, play } from '../wire/node.ts'
import { authorize } from './authorize.ts'
import type { LateFaults } from './late-faults.ts'

/** Where tests in other processes, and in other languages, reach the mock. */
const CONTROL = '/__soundcheck'
const JSON_TYPE = 'application/json; charset=utf-8'

interface ControlOptions {
  readonly token: string | undefined
  readonly faults: LateFaults | undefined
}

interface Command {
  readonly scope: string | undefined
  readonly body: unknown
}

type Run = (command: Command) => Promise<Reply>

/**
 * Adds the control API. A command is limited to the scope that a chat request with its headers would
 * be in; where it bears a control token instead of an API key, only `x-soundcheck-scope` names one.
 */
export function addControl(
  app: FastifyInstance,
  { control: mock, addInTurns }: MockLlm,
  { token, faults }: ControlOptions,
): void {
  const scopeFor = token === undefined ? scopeOf : namedScope
  const control = (run: Run) => {
    return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
      const answer = refusal(request, token) ?? (await attempt(run, request, scopeFor))
      reply.hijack()
      await play(answer, reply.raw)
    }
  }
  // No page may ask whether it might.
  app.options(`${CONTROL}/*`, async (_, reply) => {
    reply.hijack()
    await play(FORBIDDEN, reply.raw)
  })
  app.post(
    `${CONTROL}/scenarios`,
    control(async ({ scope, body }) => {
      const scenarios = scenariosFrom(body)
      await faults?.loadFor({ scenarios })
      await addInTurns(scenarios, scope)
      return escapedJsonReply(201, { unused: mock.unused(scope) })
    }),
  )
  app.post(
    `${CONTROL}/reset`,
    control(async ({ scope }) => {
      mock.reset(scope)
      return escapedJsonReply(200, {})
    }),
  )
  app.get(
    `${CONTROL}/journal`,
    control(async ({ scope }) => textReply(200, JSON_TYPE, await journalJson(mock.journal, scope))),
  )
  app.get(
    `${CONTROL}/unused`,
    control(async ({ scope }) => escapedJsonReply(200, { unused: mock.unused(scope) })),
  )
}

/** Without a token, only programs on this machine may. */
function refusal(request: FastifyRequest, token: string | undefined): Reply | undefined {
  if (token !== undefined) return authorize(request.headers.authorization, token)
  return isLocal(request) ? undefined : FORBIDDEN
}

const FORBIDDEN = errorReply({
  status: 403,
  message:
    'Without a control token, the control API answers programs on this machine only: no browser, and nothing that comes through a proxy. Start the server with a control token, and send it as "Authorization: Bearer <token>".',
})

async function attempt(
  run: Run,
  { raw, body }: FastifyRequest,
  scopeFor: (headers: readonly Header[]) => string | undefined,
): Promise<Reply> {
  const headers = headersOf(raw)
  try {
    return await run({
      scope: scopeFor(headers) || undefined,
      body: typeof body === 'string' && body !== '' ? parseJsonOrThrow(body) : null,
    })
  } catch (error) {
    const { text } = maskOf({ url: raw.url ?? '', headers })
    return errorReply({ status: 400, message: text((error as Error).message) })
  }
}
