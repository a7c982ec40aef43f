import { expect, test } from 'vitest'
import { check, lint } from '../../src/conformance/index.ts'
import { startServer } from '../../src/server/index.ts'
import { bytes } from '../support/bytes.ts'
import { HI, ROLE, STOP, stream } from '../support/said.ts'

const events = (...each: object[]) =>
  each.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('')

const IN_CHAT = bytes(stream(ROLE, HI, STOP, '[DONE]'))
const IN_RESPONSES = bytes(events({ type: 'response.output_text.delta', delta: 'Hi.' }))
const saved = [
  { file: 'chat.sse', body: IN_CHAT },
  { file: 'responses.sse', body: IN_RESPONSES },
]

test('what was saved is judged as what it is, each for itself', () => {
  const { files } = lint(saved)
  expect(files.map(({ verdict }) => verdict)).toEqual(['pass', 'fail'])
  const [inChat, inResponses] = files.map(({ checks }) => checks.map(({ id }) => id))
  expect(inChat).toContain('chunk/role-value')
  expect(inChat).not.toContain('events/order')
  expect(inResponses).toContain('stream/terminal-missing')
})

test('what no check that was chosen can judge stays unjudged, and the rest is judged', () => {
  const { files, verdict } = lint(saved, { only: ['events'] })
  expect(verdict).toBe('inconclusive')
  expect(files.map(({ file, checks, reasons }) => [file, checks.length > 0, reasons[0]])).toEqual([
    ['chat.sse', false, 'no check that was chosen judges /chat/completions (Chat completions)'],
    ['responses.sse', true, undefined],
  ])
})

test('an endpoint is not asked in an API that no check that was chosen can judge', async () => {
  await using server = await startServer()
  await expect(check({ url: server.url, only: ['events'] })).rejects.toThrow(
    'no check that was chosen judges /chat/completions (Chat completions): choose others, or ask in the other API',
  )
  expect(server.journal.entries()).toEqual([])
})

test('a stream that goes on with another is not blamed for what that has said, wherever it begins', async () => {
  await using server = await startServer({
    responses: { done: true },
    scenarios: [
      {
        name: 'all',
        when: {},
        then: {
          reasoning: 'Let me see.',
          text: 'Hello there, friend.',
          calls: [
            { name: 'look', arguments: { at: 'it' } },
            { name: 'end_call', arguments: {} },
          ],
        },
      },
    ],
  })
  const tools = ['look', 'end_call'].map((name) => ({ type: 'function', name, parameters: {} }))
  const response = await fetch(`${server.url}/responses`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'm', input: 'Hi.', stream: true, tools }),
  })
  const told = (await response.text()).split(/(?<=\n\n)/)
  expect(told.length).toBeGreaterThan(30)
  const files = told
    .map((_, i) => ({ file: String(i), body: bytes(told.slice(i, -1).join('')) }))
    .filter(({ body }) => body.length > 0)
  const failed = lint(files, { profile: 'openai', skip: ['sse/done'] }).files.flatMap(
    ({ file, checks }) =>
      checks.filter(({ status }) => status === 'fail').map(({ id }) => `${file} ${id}`),
  )
  expect(failed).toEqual([])
})

test.each([-1, 0.5, '0', null])('an output_index of %j is told', (output_index) => {
  const body = bytes(
    events({ type: 'response.output_text.delta', item_id: 'a', output_index, delta: 'Hi.' }),
  )
  const policy = { only: ['events/output-index-missing'], profile: 'openai' } as const
  const [file] = lint([{ file: 'x.sse', body }], policy).files
  expect(file!.verdict).toBe('fail')
})

test('a chunk of the one among events of the other is told as what it is', () => {
  const mixed = bytes(events({ type: 'response.created' }) + stream(ROLE, HI, STOP, '[DONE]'))
  const [file] = lint([{ file: 'mixed.sse', body: mixed }], { only: ['chunk'] }).files
  expect(file!.checks.length).toBeGreaterThan(0)
})
