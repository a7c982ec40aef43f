import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseScenarios } from '../src/mocks/node.ts'
import { mockFetch } from '../src/mocks/index.ts'
import { joined, offering, post, said, saying } from './support/chat.ts'
import { checks } from '../src/conformance/index.ts'
import { probes } from '../src/conformance/probes/index.ts'

const root = new URL('../', import.meta.url)
const readme = readFileSync(new URL('README.md', root), 'utf8')

const common = checks.filter(({ optIn }) => optIn === undefined)

test.each([
  [`judged by ${common.length} checks`],
  [`A run sends ${probes.reduce((sum, { requests }) => sum + requests, 0)} requests`],
  [`${readdirSync(new URL('fixtures/exchanges/legal/', root)).length} such oddities`],
  ...[...new Set(common.map(({ id }) => id.split('/')[0]))].map((group) => [`\`${group}/\``]),
])('the README says: %s', (sentence) => {
  expect(readme).toContain(sentence)
})

test.each([...readme.matchAll(/\]\((?!https?:)([^)]+)\)/g)].map(([, path]) => [path!]))(
  'the link to %s leads somewhere',
  (path) => {
    expect(() => readdirOrRead(path)).not.toThrow()
  },
)

test('the scenarios of the README answer, a retry included', async () => {
  const [, yaml = ''] = /```yaml\n(scenarios:[^]*?)```/.exec(readme) ?? []
  const scenarios = await parseScenarios(yaml, 'scenarios.yaml')
  const fetch = mockFetch({ scenarios, strict: true })
  const table = saying('A table, please')
  expect((await post(fetch, table)).headers.get('retry-after')).toBe('1')
  expect(await said(await post(fetch, table))).toBe('For how many people?')

  const order = saying('Where is my order A1?', offering('lookup_order'))
  const [call] = (await joined(await post(fetch, order))).choices[0]!.toolCalls
  expect(call).toMatchObject({ name: 'lookup_order', arguments: '{"order_number":"A1"}' })
  const { id = '', name = '', arguments: args } = call!
  const messages = [
    ...order.messages,
    {
      role: 'assistant' as const,
      tool_calls: [{ id, type: 'function' as const, function: { name, arguments: args } }],
    },
    { role: 'tool' as const, tool_call_id: id, content: '{"carrier":"Heron"}' },
  ]
  expect(await said(await post(fetch, { ...order, messages }))).toBe('It is with Heron.')
  expect(fetch.unused()).toEqual([])
})

function readdirOrRead(path: string): unknown {
  const url = new URL(path, root)
  try {
    return readFileSync(url)
  } catch {
    return readdirSync(url)
  }
}
