import { once } from 'node:events'
import { type IncomingMessage, request as httpRequest } from 'node:http'
import { expect, test } from 'vitest'
import { type Reply, UNSAFE_IN_LOGS } from '../../src/wire/index.ts'
import { said, post, saying } from '../support/chat.ts'
import { TEXT } from '../support/ci-commands.ts'
import { referenceServer } from '../support/reference-server.ts'

const root = async (...options: Parameters<typeof referenceServer>) =>
  (await referenceServer(...options)).replace('/v1', '')

function command(
  url: string,
  method: string,
  { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
) {
  return fetch(url, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
}

const SCENARIOS = { scenarios: [{ name: 'hello', when: { user: 'Hi' }, then: 'Hello.' }] }

test('adds scenarios, tells what they did, and forgets them', async () => {
  const url = await root({ strict: true })
  const chat = `${url}/v1/chat/completions`
  const added = await command(`${url}/__soundcheck/scenarios`, 'POST', { body: SCENARIOS })
  expect([added.status, await added.json()]).toEqual([201, { unused: ['hello'] }])
  expect(await said(await post(fetch, saying('Hi'), {}, chat))).toBe('Hello.')
  expect(await (await command(`${url}/__soundcheck/unused`, 'GET')).json()).toEqual({ unused: [] })

  const journal = await (await command(`${url}/__soundcheck/journal`, 'GET')).json()
  expect(journal).toMatchObject({
    entries: [{ id: 1, why: { scenario: 'hello' }, ending: 'complete' }],
  })
  await command(`${url}/__soundcheck/reset`, 'POST')
  expect((await post(fetch, saying('Hi'), {}, chat)).status).toBe(404)
  expect(await (await command(`${url}/__soundcheck/journal`, 'GET')).json()).toMatchObject({
    entries: [{ id: 2 }],
  })
})

test('loads its catalogue of faults when a scenario first names one', async () => {
  let loaded = 0
  const loadFaults = async () => {
    loaded++
    return () => (reply: Reply) => ({ ...reply, status: 418 })
  }
  const url = await root({ strict: true, loadFaults })
  const add = (...scenarios: unknown[]) =>
    command(`${url}/__soundcheck/scenarios`, 'POST', { body: { scenarios } })
  await add({ when: { user: 'Hi' }, then: 'Hello.' })
  expect(loaded).toBe(0)
  const broken = { text: 'Tea?', fault: 'some/teapot' }
  expect((await add({ when: { user: 'Tea' }, then: broken })).status).toBe(201)
  await add({ when: { user: 'Coffee' }, then: ['None.', broken] })
  expect(loaded).toBe(1)
  expect((await post(fetch, saying('Tea'), {}, `${url}/v1/chat/completions`)).status).toBe(418)
})

test('keeps to the scope that is named', async () => {
  const url = await root({ strict: true })
  const headers = { 'x-soundcheck-scope': 'one' }
  await command(`${url}/__soundcheck/scenarios`, 'POST', { body: SCENARIOS, headers })
  const chat = `${url}/v1/chat/completions`
  expect((await post(fetch, saying('Hi'), headers, chat)).status).toBe(200)
  expect((await post(fetch, saying('Hi'), {}, chat)).status).toBe(404)
  expect(
    await (await command(`${url}/__soundcheck/journal`, 'GET', { headers })).json(),
  ).toMatchObject({
    entries: [{ scope: 'one' }],
  })
})

test('keeps to the scope of the API key, as chat requests do', async () => {
  const url = await root({ strict: true })
  const chat = `${url}/v1/chat/completions`
  const [a, b] = ['a', 'b'].map((key) => ({ authorization: `Bearer key-${key}` }))
  const countOf = async (headers = {}) => {
    const journal = await (await command(`${url}/__soundcheck/journal`, 'GET', { headers })).json()
    return (journal as { entries: unknown[] }).entries.length
  }
  await command(`${url}/__soundcheck/scenarios`, 'POST', { body: SCENARIOS, headers: b! })
  expect((await post(fetch, saying('Hi'), a, chat)).status).toBe(404)
  expect((await post(fetch, saying('Hi'), b, chat)).status).toBe(200)
  expect([await countOf(a), await countOf(b), await countOf()]).toEqual([1, 1, 2])
  await command(`${url}/__soundcheck/reset`, 'POST', { headers: a! })
  expect([await countOf(a), await countOf(b)]).toEqual([0, 1])
  await command(`${url}/__soundcheck/reset`, 'POST')
  expect(await countOf(b)).toBe(0)
})

test.each([
  [{ scenarios: [{ when: {} }] }, "/scenarios/0 must have required property 'then'"],
  [{}, "/ must have required property 'scenarios'"],
  [{ scenarios: [{ name: 'x', then: '{{y}}' }] }, 'x: the template names {{y}}'],
])('refuses %j', async (body, message) => {
  const response = await command(`${await root()}/__soundcheck/scenarios`, 'POST', { body })
  expect(response.status).toBe(400)
  expect(await response.text()).toContain(message)
})

test('without a token refuses pages of a browser, and names that lead here from elsewhere', async () => {
  const url = `${await root()}/__soundcheck/journal`
  const page = await command(url, 'GET', { headers: { origin: 'http://localhost:3000' } })
  expect(page.status).toBe(403)
  expect(page.headers.get('access-control-allow-origin')).toBeNull()
})

test.each([
  ['forwarded', 'for=192.0.2.1'],
  ['x-forwarded-for', '127.0.0.1'],
  ['x-forwarded-proto', 'https'],
  ['x-real-ip', '192.0.2.1'],
  ['via', '1.1 proxy'],
  ['cf-connecting-ip', '192.0.2.1'],
  ['true-client-ip', '192.0.2.1'],
  ['fly-client-ip', '192.0.2.1'],
  ['x-azure-clientip', '192.0.2.1'],
  ['x-amzn-trace-id', 'Root=1'],
  ['ngrok-skip-browser-warning', '1'],
  ['sec-fetch-site', 'cross-site'],
  ['origin', 'null'],
])('without a token refuses what comes through a proxy or from a page: %s', async (name, value) => {
  const headers = { [name]: value }
  const url = `${await root()}/__soundcheck`
  const refused = await command(`${url}/reset`, 'POST', { headers })
  expect(refused.status).toBe(403)
  expect(await refused.text()).toContain('control token')
  const authorization = 'Bearer open-sesame'
  const guarded = `${await root({ controlToken: 'open-sesame' })}/__soundcheck`
  expect((await command(`${guarded}/reset`, 'POST', { headers })).status).toBe(401)
  const allowed = await command(`${guarded}/reset`, 'POST', {
    headers: { ...headers, authorization },
  })
  expect(allowed.status).toBe(200)
})

test.each(['evil.test', '127.0.0.1.evil.test', 'localhost.evil.test', '192.0.2.1'])(
  'without a token refuses the name %j',
  async (host) => {
    const { hostname, port } = new URL(await root())
    const request = httpRequest({
      host: hostname,
      port,
      path: '/__soundcheck/journal',
      headers: { host },
    })
    request.end()
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    response.resume()
    expect(response.statusCode).toBe(403)
  },
)

test('no page is told that it may ask', async () => {
  const preflight = await command(`${await root()}/__soundcheck/reset`, 'OPTIONS', {
    headers: { origin: 'http://evil.test', 'access-control-request-method': 'POST' },
  })
  expect(preflight.status).toBe(403)
  expect(preflight.headers.get('access-control-allow-methods')).toBeNull()
})

test('with a token asks everybody for it', async () => {
  const url = `${await root({ controlToken: 'open-sesame' })}/__soundcheck/journal`
  const status = async (token: string) =>
    (await command(url, 'GET', { headers: { authorization: `Bearer ${token}` } })).status
  expect((await command(url, 'GET')).status).toBe(401)
  expect(await status('wrong')).toBe(401)
  expect(await status('open-sesame')).toBe(200)
})

test('takes a control token for no scope', async () => {
  const url = await root({ controlToken: 'open-sesame' })
  const headers = { authorization: 'Bearer open-sesame' }
  const key = { authorization: 'Bearer a-key' }
  await (await post(fetch, saying('Hi'), key, `${url}/v1/chat/completions`)).text()
  const journal = `${url}/__soundcheck/journal`
  expect(await (await command(journal, 'GET', { headers })).json()).toMatchObject({
    entries: [{ id: 1 }],
  })
  const elsewhere = { ...headers, 'x-soundcheck-scope': 'elsewhere' }
  expect(await (await command(journal, 'GET', { headers: elsewhere })).json()).toMatchObject({
    entries: [],
  })
})

test('brings nothing into a log that is unsafe there, nor do errors', async () => {
  const url = await root({ strict: true, modelNames: ['m'] })
  const chat = `${url}/v1/chat/completions`
  const name = `${TEXT} \u202E\u200B\u2028\x9B`
  const scenario = { name, when: { user: name }, then: name }
  const control = `${url}/__soundcheck`
  const unused = await command(`${control}/scenarios`, 'POST', { body: { scenarios: [scenario] } })
  const broken = { scenarios: [{ ...scenario, then: `{{${name}}}` }] }
  const refused = await command(`${control}/scenarios`, 'POST', { body: broken })
  const unmatched = await post(fetch, saying(`Hi ${name.slice(1)}`), {}, chat)
  const unknown = await post(fetch, saying('Hi', { model: name.slice(-200) }), {}, chat)
  const journal = await command(`${control}/journal`, 'GET')
  const answers = [unused, refused, unmatched, unknown, journal]
  const texts = await Promise.all(answers.map((answer) => answer.text()))
  for (const text of texts) expect(text.match(UNSAFE_IN_LOGS)).toBeNull()
  expect(JSON.parse(texts[0]!)).toEqual({ unused: [name] })
  expect(texts[1]).toContain('owned')
  expect(JSON.parse(texts[2]!)).toMatchObject({ error: { code: 'no_scenario_matched' } })
  expect(JSON.parse(texts[3]!)).toMatchObject({ error: { code: 'model_not_found' } })
  expect(JSON.parse(texts[4]!)).toMatchObject({
    entries: [{ why: { misses: [{ scenario: name }] } }, {}],
  })
  // What a model says stays as it is.
  expect(await (await post(fetch, saying(name), {}, chat)).text()).toContain('\u202E\u200B')
})

test('others are answered while many expressions are added', async () => {
  const url = await root()
  const regex = '(?:abc|def|[a-z]{3}){0,60}x'
  const scenarios = Array.from({ length: 300 }, (_, i) => ({
    when: { user: { regex: `${regex}${i}` } },
    then: 'x',
  }))
  let others = 0
  const over = new AbortController()
  const added = command(`${url}/__soundcheck/scenarios`, 'POST', { body: { scenarios } }).then(
    (answer) => {
      over.abort()
      return answer.json()
    },
  )
  while (!over.signal.aborted) {
    expect((await fetch(`${url}/health`)).status).toBe(200)
    others++
  }
  expect(await added).toMatchObject({ unused: { length: 300 } })
  expect(others).toBeGreaterThan(5)
})
