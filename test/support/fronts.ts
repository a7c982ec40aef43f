import { setupServer } from 'msw/node'
import { onTestFinished } from 'vitest'
import {
  type FetchFunction,
  mockFetch,
  type MockControl,
  type MockLlmOptions,
} from '../../src/mocks/index.ts'
import { mockLlm } from '../../src/mocks/fronts/msw.ts'
import { startServer } from '../../src/server/index.ts'
import { passing } from './passing.ts'

/** One way to reach a mock. */
export interface Front extends MockControl {
  readonly baseURL: string
  readonly fetch: FetchFunction
}

/** Every way to reach a mock, by its name; each lasts for the running test. */
export const FRONTS: Record<string, (options: MockLlmOptions) => Promise<Front>> = {
  async server(options) {
    // What models of tests throw on purpose is not for their output.
    const server = await startServer({ ...options, onError: () => {} })
    onTestFinished(() => server.close())
    return { ...server, baseURL: server.url, fetch: globalThis.fetch }
  },

  async msw(options) {
    const baseURL = 'http://mock.test/v1'
    const { handlers, ...control } = mockLlm({ ...options, url: baseURL })
    const network = setupServer(...handlers)
    network.listen({ onUnhandledFrame: 'error' })
    onTestFinished(() => network.close())
    return { ...control, baseURL, fetch: (input, init) => globalThis.fetch(input, init) }
  },

  async fetch(options) {
    const fetch = mockFetch(options)
    const { add, reset, unused, journal } = fetch
    return { add, reset, unused, journal, baseURL: 'https://mock.test/v1', fetch }
  },
}

export const EACH_FRONT = Object.entries(FRONTS)

/** The same, and through a tap. */
export const EACH_WAY: typeof EACH_FRONT = [
  ...EACH_FRONT,
  [
    'a server behind a tap',
    async (options) => {
      const server = await FRONTS.server!(options)
      const pass = await passing(server.baseURL)
      return { ...server, baseURL: `${pass.url}/v1` }
    },
  ],
]
