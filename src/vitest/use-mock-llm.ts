import { beforeEach, type TestContext } from 'vitest'
import { findFault } from '../conformance/index.ts'
import type { MockControl } from '../mocks/index.ts'
import { type RunningServer, type ServerOptions, startServer } from '../server/index.ts'
import { describeThrown } from '../wire/index.ts'

/** A mock that lasts for each test by turns. */
export interface MockLlmOfTest extends MockControl {
  /** Base URL, for clients that do not read the environment. */
  readonly url: string
}

/** What official clients read. */
const API_KEY = 'sk-soundcheck'

const CONCURRENT =
  'the mock LLM of useMockLlm is taken: it serves one test at a time, and this one runs beside ' +
  'another. Start a mock within each concurrent test, with mockFetch() or startServer(), or ' +
  'run these tests in turn: describe(name, { concurrent: false }, ...).'

/**
 * Gives each test of a file, or of a `describe`, a mock LLM of its own, and points the official
 * clients at it: `OPENAI_BASE_URL` and `OPENAI_API_KEY` are set, and restored afterwards.
 *
 * What a model, or the code of a scenario, throws is told of by an annotation of the test, unless
 * there is an `onError`.
 *
 * The environment has room for one: tests that run concurrently fail, and need mocks of their own.
 */
export function useMockLlm(options: ServerOptions = {}): MockLlmOfTest {
  let taken = false
  let running: RunningServer | undefined
  beforeEach(async (context) => {
    if (taken) throw new Error(CONCURRENT)
    taken = true
    try {
      running = await startServer({
        findFault,
        onError: (error) => void tell(error, context),
        ...options,
      })
    } catch (error) {
      taken = false
      throw error
    }
    const server = running
    const restore = setEnvironment({
      OPENAI_BASE_URL: server.url,
      OPENAI_API_KEY: options.apiKey ?? API_KEY,
    })
    return async () => {
      restore()
      running = undefined
      taken = false
      await server.close()
    }
  })
  const current = () => {
    if (running) return running
    throw new Error('the mock LLM runs during tests only: use it within a test or a beforeEach')
  }
  return {
    get url() {
      return current().url
    },
    get journal() {
      return current().journal
    },
    add: (...args) => current().add(...args),
    reset: (...args) => current().reset(...args),
    unused: (...args) => current().unused(...args),
  }
}

/** What the code of a test threw, its client is not told; a test that is over can be told no more. */
async function tell(error: unknown, { annotate }: TestContext): Promise<void> {
  try {
    await annotate(`the mock threw ${describeThrown(error)}`, 'error')
  } catch {}
}

function setEnvironment(values: Record<string, string>): () => void {
  const before = Object.keys(values).map((name) => [name, process.env[name]] as const)
  Object.assign(process.env, values)
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  }
}
