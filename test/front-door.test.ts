import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { bench, check, lint, startServer } from '../src/index.ts'

test('the front door judges, measures and serves', async () => {
  await using server = await startServer()
  const { verdict, target } = await check({ url: server.url, only: ['sse'], quick: true })
  expect({ verdict, url: target.url }).toEqual({ verdict: 'pass', url: server.url })
  const extent = { warmupMs: 0, requests: 1 }
  const { requests } = await bench({ url: server.url, extent, calibrate: false })
  expect(requests.ok).toBe(1)
})

test('it lints', () => {
  const body = new TextEncoder().encode('data: {"choices":[]}\n\n')
  expect(lint([{ file: 'answer.sse', body }]).verdict).toBe('fail')
})

test('until it is asked for, it loads what lint needs, and no more', () => {
  const source = readFileSync(new URL('../src/index.ts', import.meta.url), 'utf8')
  const loaded = [...source.matchAll(/^(?:import|export) (?!type )[^(]*? from '(.*)'/gm)]
  expect(loaded.map(([, path]) => path)).toEqual(['./conformance/lint.ts'])
})
