import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defineConfig } from 'llm-soundcheck/config'
import { check } from 'llm-soundcheck/conformance'
import { lint } from 'llm-soundcheck/lint'
import { defaultModel, matchers, mockFetch } from 'llm-soundcheck/mocks'
import { startServer } from 'llm-soundcheck/server'
import schema from 'llm-soundcheck/schemas/check-report.schema.json' with { type: 'json' }

test('the doors of the package', async () => {
  const { quick } = defineConfig({ quick: true })
  const server = await startServer({ model: defaultModel({ seed: 1 }) })
  const { verdict } = await check({ url: server.url, quick, skip: ['latency'] })
  await server.close()
  assert.equal(verdict, 'pass')
  const body = new TextEncoder().encode('data: [DONE]\n\n')
  assert.equal(lint([{ file: 'empty.sse', body }]).verdict, 'fail')
  assert.equal(schema.type, 'object')
})

test('the matchers, and what they say', async () => {
  const llm = mockFetch()
  await llm('https://mock.test/v1/chat/completions', {
    method: 'POST',
    body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'A table, please' }] }),
  })
  const { pass, message } = matchers.toHaveReceivedTurn(llm, 'table')
  assert.ok(pass, message())
  assert.match(matchers.toHaveReceivedTurn(llm, 'chair').message(), /"A table, please"/)
})

test('from CommonJS', async () => {
  const { createRequire } = await import('node:module')
  assert.equal(typeof createRequire(import.meta.url)('llm-soundcheck/mocks').mockFetch, 'function')
})
