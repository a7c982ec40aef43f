import { expect, test } from 'vitest'
import { findFault } from '../../src/conformance/index.ts'
import {
  type ChatRequest,
  mockFetch,
  type MockLlmOptions,
  virtualClock,
} from '../../src/mocks/index.ts'
import { networkFaults } from '../../src/wire/index.ts'
import { offering, post, saying } from '../support/chat.ts'
import { mutantsIn } from '../support/mutants.ts'

const NAMES = [
  ...mutantsIn().map(({ id, name }) => `${id.slice(0, id.indexOf('/'))}/${name}`),
  ...Object.keys(networkFaults),
]

const TEXT = 'It is on its way. Shall I do anything else for you, or was that all?'

const REQUESTS: ChatRequest[] = [
  saying('Tell me about the lighthouse'),
  saying('Hello', { stream: false }),
  saying('...', { stop: ['way'], max_tokens: 3, ...offering('lookup'), tool_choice: 'none' }),
  saying('Remember the code word', {
    messages: [
      { role: 'system', content: 'You are Ava. Zoë is calling.' },
      { role: 'user', content: [{ type: 'text', text: 'A table, please. My code word?' }] },
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          { id: 'call_1', type: 'function', function: { name: 'lookup', arguments: '{}' } },
        ],
      },
      { role: 'tool', tool_call_id: 'call_1', content: 'Heron' },
    ],
    ...offering('lookup'),
    tool_choice: 'required',
  }),
]

/** Each answer; `null` where none came. What does not end is given up. */
async function answersOf(options: MockLlmOptions, headers: Record<string, string> = {}) {
  const fetch = mockFetch({ findFault, clock: virtualClock(), ...options })
  const answers = await Promise.all(
    REQUESTS.map(async (request) => {
      const client = new AbortController()
      const giveUp = setTimeout(() => client.abort(), 5_000)
      const response = await post(
        (input, init) => fetch(input, { ...init, signal: client.signal }),
        request,
        headers,
      ).catch((error: unknown) => {
        if (client.signal.aborted || (error as Error).message === 'fetch failed') return null
        throw error
      })
      const body = await response?.text().catch(() => 'broken off')
      clearTimeout(giveUp)
      return response ? `${response.status} ${body}` : null
    }),
  )
  const entries = fetch.journal.entries()
  return { answers, endings: entries.map(({ ending }) => ending), left: fetch.journal.underWay }
}

test.concurrent.each(NAMES)(
  '%s, as the fault of a scenario, breaks what it breaks',
  async (fault) => {
    const scenarios = [{ then: { text: TEXT, fault } }]
    const byHeader = { 'x-soundcheck-fault': fault }
    const [{ answers, endings, left }, expected] = await Promise.all([
      answersOf({ scenarios }),
      answersOf({ scenarios: [{ then: TEXT }], faultHeader: true }, byHeader),
    ])
    expect(answers).toEqual(expected.answers)
    expect(endings).toEqual(expected.endings)
    expect(endings).not.toContain(null)
    expect(left).toBe(0)
  },
)
