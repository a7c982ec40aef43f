import { expect, test } from '@jest/globals'
import { matchers, mockFetch } from 'llm-soundcheck/mocks'
import { startServer } from 'llm-soundcheck/server'

expect.extend(matchers)

const request = {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'A table, please' }] }),
}

async function start(front) {
  if (front === 'fetch') return { llm: mockFetch(), close: async () => {} }
  const llm = await startServer()
  return { llm, close: llm.close }
}

test.each(['server', 'fetch'])('the matchers, with the front %s', async (front) => {
  const { llm, close } = await start(front)
  const send = front === 'fetch' ? llm : fetch
  const { status } = await send(`${llm.url ?? 'https://mock.test/v1'}/chat/completions`, request)
  expect(status).toBe(200)
  expect(llm).toHaveReceivedTurn('table')
  expect(llm).not.toHaveReceivedTurn('chair')
  expect(() => expect(llm).toHaveReceivedTurn('chair')).toThrow('"A table, please"')
  await close()
})
