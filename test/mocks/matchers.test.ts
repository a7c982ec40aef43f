import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { matchers, mockFetch } from '../../src/mocks/index.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

const MOCKS = new URL('../../src/mocks/index.ts', import.meta.url).href

test('matchers can be called where no vitest is, as under node:test', async () => {
  const file = join(await scratchFolder(), 'mine.test.mjs')
  await writeFile(
    file,
    `
      import assert from 'node:assert/strict'
      import { test } from 'node:test'
      import { matchers, mockFetch } from '${MOCKS}'
      const fetch = mockFetch({ scenarios: [{ when: { user: 'table' }, then: 'For how many?' }] })
      await fetch('https://mock.test/v1/chat/completions', {
        method: 'POST',
        body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'A table' }] }),
      })
      for (const said of ['table', 'chair']) {
        test(said, () => {
          const { pass, message } = matchers.toHaveReceivedTurn(fetch, said)
          assert.ok(pass, message())
        })
      }
    `,
  )
  const args = ['--test', '--test-reporter=tap', file]
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  const { stdout } = await promisify(execFile)(process.execPath, args, { env }).catch(
    (failed: { stdout: string }) => failed,
  )
  expect(stdout).toContain('ok 1 - table')
  expect(stdout).toContain('not ok 2 - chair')
  expect(stdout).toContain('expected the mock to have a turn with "chair"; seen:')
  expect(stdout).toContain('"A table"')
})

const { toHaveReceivedRequests, toHaveReceivedToolResult, toHaveReceivedTurn } = matchers

test.each([
  ['turn', toHaveReceivedTurn, undefined, 'said must be a string, or an object'],
  ['turn', toHaveReceivedTurn, 3, 'and is 3; put it in quotes'],
  ['turn', toHaveReceivedTurn, { regx: 'a' }, "said must have required property 'regex'"],
  ['result', toHaveReceivedToolResult, undefined, 'result must be an object'],
  ['result', toHaveReceivedToolResult, 'lookup', 'and is "lookup"'],
  ['result', toHaveReceivedToolResult, { nme: 'lookup' }, '"nme"; there are name, id, content'],
  ['result', toHaveReceivedToolResult, { any: { name: 'lookup' } }, 'additional properties: "any"'],
  ['result', toHaveReceivedToolResult, { content: 3 }, 'result/content must be a string'],
  ['count', toHaveReceivedRequests, undefined, 'count must be a whole number, and is undefined'],
  ['count', toHaveReceivedRequests, '2', 'count must be a whole number, and is 2'],
])('what is no %s is refused: %s(%j)', (_, matcher, given, message) => {
  const call = matcher as (mock: unknown, given: unknown) => unknown
  expect(() => call(mockFetch(), given)).toThrow(message)
})

test.each([
  ['caller-1', 'and is a string'],
  [{ scop: 'caller-1' }, 'and has scop'],
])('what names no scope is refused: %j', (among, message) => {
  for (const matcher of Object.values(matchers)) {
    const given = matcher.length === 3 ? [matcher === toHaveReceivedRequests ? 1 : {}] : []
    const call = matcher as (mock: unknown, ...args: unknown[]) => unknown
    const args = matcher === toHaveReceivedTurn ? ['hi'] : given
    expect(() => call(mockFetch(), ...args, among)).toThrow(message)
  }
})
