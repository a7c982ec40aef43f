import { expect, test } from 'vitest'
import { UNHURRIED } from '../../scripts/unhurried.ts'
import { benchmark } from '../../src/bench/index.ts'
import { check, checks, firstBreach, lint } from '../../src/conformance/index.ts'
import { mockFetch } from '../../src/mocks/index.ts'
import { startServer } from '../../src/server/index.ts'
import type { Exchange } from '../../src/wire/index.ts'
import { record } from '../../src/wire/node.ts'
import { toy } from './toy.ts'

const TALK = JSON.stringify({
  model: 'any',
  talk: [{ role: 'user', content: 'Please repeat: good morning to you.' }],
  live: true,
})

async function serving(options: Parameters<typeof startServer>[0] = {}) {
  return startServer({ dialects: [toy], ...options })
}

test('a dialect is served, and recorded to its terminator', async () => {
  await using server = await serving()
  const exchange = await record(
    {
      method: 'POST',
      url: `${server.url}/talk`,
      headers: [['content-type', 'application/json']],
      body: TALK,
    },
    { probe: 'toy', timeoutMs: 5_000, terminator: toy.terminator },
  )
  expect(exchange.end.how).toBe('complete')
  expect(Buffer.concat(exchange.arrivals.map(({ bytes }) => bytes)).toString()).toMatch(
    /^event: said\ndata: {"text":"good "}\n\n[^]*event: over\ndata: {"because":"stop"}\n\n$/,
  )
  const [entry] = server.journal.entries()
  expect(entry).toMatchObject({ status: 200, ending: 'complete' })
})

test('the fronts without a server answer in it, too, and in no other', async () => {
  const fetch = mockFetch({ dialects: [toy], scenarios: [{ then: 'Good day.' }] })
  const ask = (path: string) => fetch(`http://any/v1${path}`, { method: 'POST', body: TALK })
  expect(await (await ask('/talk')).text()).toContain('data: {"text":"Good "}')
  const elsewhere = await ask('/chat/completions')
  expect(elsewhere.status).toBe(404)
  expect(await elsewhere.text()).toContain('Talks are at POST /v1/talk.')
})

test('the checks that judge every dialect judge it, and no others', async () => {
  await using server = await serving()
  const exchanges: Exchange[] = []
  const report = await check({
    url: server.url,
    dialect: toy,
    limits: UNHURRIED,
    onExchange: (exchange) => exchanges.push(exchange),
  })
  const shared = checks.filter(({ dialect, optIn }) => dialect === undefined && !optIn)
  expect(report.checks.map(({ id }) => id)).toEqual(shared.map(({ id }) => id))
  expect(report.checks.filter(({ status }) => status === 'fail')).toEqual([])
  expect(report.verdict).toBe('pass')
  expect(report.summary.pass).toBeGreaterThan(25)
  expect(report.latency.totalMs.max).toBeGreaterThan(0)
  expect(exchanges.every(({ request }) => /\/v1\/(?:talk|models)$/.test(request.url))).toBe(true)

  const saved = exchanges.map((exchange, i) => ({ file: `${i}.json`, exchange }))
  expect(lint(saved, { dialect: toy, skip: ['latency'] }).verdict).toBe('pass')
})

test('they find what is wrong with it', async () => {
  await using server = await serving({
    scenarios: [{ when: { user: /./ }, then: '**Yes**, see https://example.com/page.' }],
  })
  const report = await check({ url: server.url, dialect: toy, only: ['voice'] })
  expect(report.verdict).toBe('pass')
  expect(report.checks.filter(({ status }) => status === 'fail').map(({ id }) => id)).toEqual(
    expect.arrayContaining(['voice/markdown', 'voice/url']),
  )
})

test('it is benchmarked, and what breaks off is a failure', async () => {
  const options = {
    dialect: toy,
    extent: { requests: 20, warmupMs: 0 },
    calibrate: false,
    judge: firstBreach,
    explain: firstBreach,
  }
  await using server = await serving({ pacing: { ttft: 20, gap: 1 } })
  const report = await benchmark({ url: server.url, ...options })
  expect(report.requests).toMatchObject({ attempted: 20, ok: 20 })
  expect(report.metrics.ttft.p50).toBeGreaterThan(15)

  await using broken = await serving({
    fault: (reply) => ({ ...reply, frames: reply.frames.slice(0, -1) }),
  })
  const failed = await benchmark({ url: broken.url, ...options })
  expect(failed.requests).toMatchObject({ attempted: 20, ok: 0 })
})
