import { expect, test } from 'vitest'
import { mockFetch } from '../../src/mocks/index.ts'

test('an answer that comes again is that of its scope', async () => {
  const fetch = mockFetch({ scenarios: [{ then: { text: 'For all.' } }] })
  fetch.add([{ then: { text: 'For one.' } }], 'one')
  const ask = async (scope: string) => {
    const response = await fetch('http://llm.test/v1/chat/completions', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-soundcheck-scope': scope },
      body: '{"model":"any","messages":[{"role":"user","content":"Hello."}]}',
    })
    return ((await response.json()) as { choices: { message: { content: string } }[] }).choices[0]!
      .message.content
  }
  const order = ['one', 'two', 'two', 'two', 'one', 'one', 'one', 'two']
  const answers: string[] = []
  for (const scope of order) answers.push(await ask(scope))
  expect(answers).toEqual(order.map((scope) => (scope === 'one' ? 'For one.' : 'For all.')))
})
