// Runs in a browser: an MSW worker with the mock behind it, and what a test asks of the page.
import { setupWorker } from 'msw/browser'
import type { MockLlmOptions } from '../../src/mocks/index.ts'
import { mockLlm } from '../../src/mocks/fronts/msw.ts'

const URL = 'https://api.openai.com/v1'
const { handlers, add, journal } = mockLlm({ seed: 3 })
const worker = setupWorker(...handlers)
await worker.start({ quiet: true })

const page = {
  add: (scenarios: NonNullable<MockLlmOptions['scenarios']>) => add(scenarios),

  /** Status and body of an answer, byte for byte, and in how many pieces it came. */
  async ask(request: object) {
    const response = await post(request)
    const bytes: number[] = []
    let pieces = 0
    for await (const piece of response.body!) {
      pieces++
      bytes.push(...piece)
    }
    return { status: response.status, bytes, pieces }
  },

  /** Leaves with the first piece; gives how the journal says it ended. */
  async leave(request: object) {
    const controller = new AbortController()
    const response = await post(request, controller.signal)
    await response.body!.getReader().read()
    controller.abort()
    for (let tries = 0; tries < 100 && journal.entries().at(-1)!.ending === null; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    return journal.entries().at(-1)!.ending
  },
}

export type MswPage = typeof page

Object.assign(globalThis, { page })

function post(request: object, signal: AbortSignal | null = null) {
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify(request)
  return fetch(`${URL}/chat/completions`, { method: 'POST', headers, body, signal })
}
