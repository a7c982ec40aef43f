import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
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
