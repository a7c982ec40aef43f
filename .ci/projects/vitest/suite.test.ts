import { mockLlm } from 'llm-soundcheck/mocks/msw'
import { startServer } from 'llm-soundcheck/server'
import { describeConformance, useMockLlm } from 'llm-soundcheck/vitest'
import { setupServer } from 'msw/node'
import OpenAI from 'openai'
import { afterAll, expect, test } from 'vitest'

declare const process: { readonly versions: { readonly node: string } }

const ask = (content: string) => ({ model: 'm', messages: [{ role: 'user' as const, content }] })

const llm = useMockLlm({ scenarios: [{ when: { user: 'table' }, then: 'For how many?' }] })

test('the mock of a test, and what can be expected of it', async () => {
  const { choices } = await new OpenAI().chat.completions.create(ask('A table, please'))
  expect(choices[0].message.content).toBe('For how many?')
  expect(llm).toHaveReceivedTurn('table')
  expect(llm).not.toHaveReceivedTurn('chair')
  expect(llm).toHaveNoUnmatchedRequests()
  await expect.poll(() => llm).toHaveReceivedRequests(1)
  expect(() => expect(llm).toHaveReceivedTurn('chair')).toThrow('"A table, please"')
})

test('MSW: streams, and a retry after 429', async () => {
  const { handlers, ...mock } = mockLlm({
    scenarios: [
      {
        when: { attempt: 1 },
        then: { error: { status: 429, headers: { 'retry-after-ms': '1' } } },
      },
      { then: 'Here I am.' },
    ],
  })
  const network = setupServer(...handlers)
  network.listen()
  if (Number.parseInt(process.versions.node) >= 26) {
    // What MSW 2 needs there, and MSW 3 does not mind.
    network.events.on('response:mocked', ({ response }) => void response.body?.cancel())
  }
  const client = new OpenAI({ apiKey: 'sk-test', baseURL: 'https://api.openai.com/v1' })
  let said = ''
  for await (const chunk of await client.chat.completions.create({ ...ask('Hi'), stream: true })) {
    said += chunk.choices[0]?.delta.content ?? ''
  }
  network.close()
  expect(said).toBe('Here I am.')
  expect(mock.journal.entries().map(({ status }) => status)).toEqual([429, 200])
  expect(mock).toHaveReceivedRequests(2)
})

const server = await startServer()
afterAll(() => server.close())
describeConformance(server.url, { quick: true, only: ['sse', 'stream'] })
