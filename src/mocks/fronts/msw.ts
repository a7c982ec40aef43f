import { http, type HttpHandler } from 'msw'
import { cancelBesideClones } from './cancel-beside-clones.ts'
import { answerRequest } from './fetch-front.ts'
import { createMockLlm, type MockControl } from '../mock-llm.ts'
import type { MockLlmOptions } from '../mock-llm-options.ts'

export interface MockLlmHandlersOptions extends MockLlmOptions {
  /** Base URLs to answer at; that of OpenAI, when absent. */
  readonly url?: string | readonly string[]
}

/** Request handlers for MSW, with the mock behind them. */
export interface MockLlmHandlers extends MockControl {
  readonly handlers: HttpHandler[]
}

/**
 * Makes MSW handlers that answer as the mock LLM: `setupServer(...mockLlm().handlers)`, or
 * `setupWorker` in a browser.
 *
 * With MSW 2 on Node.js 26, clients such as openai wait forever before they retry, unless the copies
 * that MSW keeps are dropped: `on('response:mocked', ({ response }) => void response.body?.cancel())`.
 *
 * @throws ScenarioError for a scenario that cannot be used; TypeError for such an option.
 */
export function mockLlm(options: MockLlmHandlersOptions = {}): MockLlmHandlers {
  const { url = 'https://api.openai.com/v1', ...rest } = options
  const mock = createMockLlm(rest)
  const answer = async ({ request }: { request: Request }) =>
    cancelBesideClones(await answerRequest(mock, request))
  const handlers = [url].flat().flatMap((base) => {
    const root = base.replace(/\/$/, '')
    return [
      ...mock.dialects.map(({ path }) => http.all(`${root}${path}`, answer)),
      ...mock.dialects
        .filter(({ answerKept }) => answerKept !== undefined)
        .map(({ path }) => http.all(`${root}${path}/*`, answer)),
      http.get(`${root}/models`, answer),
      http.get(`${root}/models/*`, answer),
    ]
  })
  return { handlers, ...mock.control }
}
