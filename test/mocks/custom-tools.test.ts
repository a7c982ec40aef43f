import { expect, test } from 'vitest'
import { mockFetch } from '../../src/mocks/index.ts'
import { post, saying } from '../support/chat.ts'

const grammar = (syntax: string, definition: string) => ({
  type: 'grammar',
  grammar: { syntax, definition },
})

/** The answer to a request that calls a tool with text of this format. */
async function answerIn(format?: object): Promise<unknown> {
  const request = saying('How many?', {
    tools: [{ type: 'custom', custom: { name: 'run_sql', ...(format && { format }) } }],
    tool_choice: { type: 'custom', custom: { name: 'run_sql' } },
    stream: false,
  })
  return (await post(mockFetch(), request)).json()
}

const calledWith = (input: unknown) => ({
  choices: [{ message: { tool_calls: [{ custom: { input } }] } }],
})

test.each([[undefined], [{ type: 'text' }], [grammar('lark', 'start: "a"')]])(
  'a tool that takes text gets the words of the caller: %j',
  async (format) => {
    expect(await answerIn(format)).toMatchObject(calledWith('How many?'))
  },
)

test('a tool that takes what a regular expression allows gets that, or is refused', async () => {
  expect(await answerIn(grammar('regex', String.raw`SELECT \d{2}|x`))).toMatchObject(
    calledWith(expect.stringMatching(/^(?:SELECT \d{2}|x)$/)),
  )
  expect(await answerIn(grammar('regex', '('))).toMatchObject({
    error: {
      message: expect.stringContaining('is not a regular expression'),
      param: expect.stringMatching(/^tools\[0\]\.custom\.format\.grammar\.definition/),
    },
  })
})
