import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { errorReply, type MockControl, scenariosFrom, SCOPE_HEADER } from '../mocks/index.ts'
import { jsonReply, type Reply } from '../wire/index.ts'
import { play } from '../wire/node.ts'
import { authorize } from './authorize.ts'
import type { LateFaults } from './late-faults.ts'

/** Where tests in other processes, and in other languages, reach the mock. */
const CONTROL = '/__soundcheck'
const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|localhost|::1|\[::1\]|::ffff:127\.\d+\.\d+\.\d+)$/i

interface ControlOptions {
  readonly token: string | undefined
  readonly faults: LateFaults | undefined
}

interface Command {
  readonly scope: string | undefined
  readonly body: unknown
}

type Run = (command: Command) => Promise<Reply>

/** Adds the control API; the header `x-soundcheck-scope` limits a command to a scope. */
export function addControl(
  app: FastifyInstance,
  mock: MockControl,
  { token, faults }: ControlOptions,
): void {
  const control = (run: Run) => {
    return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
      const answer = refusal(request, token) ?? (await attempt(run, request))
      reply.hijack()
      await play(answer, reply.raw)
    }
  }
  app.post(
    `${CONTROL}/scenarios`,
    control(async ({ scope, body }) => {
      const scenarios = scenariosFrom(body)
      await faults?.loadFor(scenarios)
      mock.add(scenarios, scope)
      return jsonReply(201, { unused: mock.unused(scope) })
    }),
  )
  app.post(
    `${CONTROL}/reset`,
    control(async ({ scope }) => {
      mock.reset(scope)
      return jsonReply(200, {})
    }),
  )
  app.get(
    `${CONTROL}/journal`,
    control(async ({ scope }) => jsonReply(200, { entries: mock.journal.entries(scope) })),
  )
  app.get(
    `${CONTROL}/unused`,
    control(async ({ scope }) => jsonReply(200, { unused: mock.unused(scope) })),
  )
}

/** Without a token, only this machine may; and no page of a browser on it. */
function refusal({ ip, hostname, headers }: FastifyRequest, token: string | undefined) {
  if (token !== undefined) return authorize(headers.authorization, token)
  if (LOOPBACK.test(ip) && LOOPBACK.test(hostname) && headers.origin === undefined) return undefined
  return errorReply({
    status: 403,
    message: 'Without a control token, the control API answers this machine only, and no browser.',
  })
}

async function attempt(run: Run, { headers, body }: FastifyRequest): Promise<Reply> {
  const named = headers[SCOPE_HEADER]
  const scope = Array.isArray(named) ? named[0] : named
  try {
    return await run({
      scope,
      body: typeof body === 'string' && body !== '' ? JSON.parse(body) : null,
    })
  } catch (error) {
    return errorReply({ status: 400, message: (error as Error).message })
  }
}
