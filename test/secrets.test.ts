import { once } from 'node:events'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { type IncomingMessage, request as httpRequest } from 'node:http'
import { join } from 'node:path'
import { text as textOf } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { check, type Exchange, exchangeToJson, lint } from '../src/conformance/index.ts'
import { reporters } from '../src/report/index.ts'
import { startServer } from '../src/server/index.ts'
import { bytes } from './support/bytes.ts'
import { echoSecrets, FORMS, PLACES } from './support/echo-secrets.ts'
import { delta, DONE, says } from './support/exchanges.ts'
import { rawServer } from './support/raw-server.ts'
import { contextOf } from './support/report-context.ts'
import { runCli } from './support/run-cli.ts'
import { exchange } from './support/said.ts'
import { scratchFolder } from './support/scratch-folder.ts'
import { toldSecret } from './support/tells-secret.ts'

const KEY = 'sk-4aZq7+Wm/9xKc2=Lt5vBn8Ry3/Pd6'
const HEADER = 'x7Gh2+kQ/5tMw8=Zp4cVs'
const COOKIE = 's3ssion+9fJd/2bXn6=Yq'
const PASSWORD = 'p4ss/W0rd+7uTk=3rEw'
const TENANT = 'tnt-5Hq8Zx2Lk9Vm4Rc7'
const QUERY = 'q2Ld/8sFy+6nGj=1hUb'
const SECRETS = [KEY, HEADER, COOKIE, PASSWORD, TENANT, QUERY]

/** How the secrets are sent: the key as a bearer, others in headers and in the query. */
const GIVEN = {
  apiKey: KEY,
  headers: [
    ['x-api-key', HEADER],
    ['cookie', `sid=${COOKIE}`],
    ['proxy-authorization', `Basic ${btoa(`ava:${PASSWORD}`)}`],
    ['x-tenant', TENANT],
  ],
} as const

/** They tell what the JSON report does, in other writing: some places are enough. */
const OTHERS = Object.entries(reporters).filter(([name]) => name !== 'json')

/** What a check of this endpoint saves and reports. */
async function outputsOf(url: string, others: typeof OTHERS): Promise<Record<string, string>> {
  const saved: Exchange[] = []
  const options = { ...GIVEN, quick: true, samples: 1, url: `${url}?api_key=${QUERY}` }
  const report = await check({ ...options, onExchange: (each) => saved.push(each) }).catch(
    (error: Error) => error,
  )
  const files = JSON.stringify(saved.map(exchangeToJson))
  if (report instanceof Error) return { files, error: report.message }
  const shown = others.map(([name, reporter]) => [name, reporter(report, contextOf())])
  return { files, json: reporters.json(report, contextOf()), ...Object.fromEntries(shown) }
}

async function toldBy(place: string, others: typeof OTHERS): Promise<string[]> {
  const url = await rawServer(echoSecrets)
  const told: string[] = []
  for (const form of Object.keys(FORMS)) {
    const outputs = await outputsOf(`${url}/${form}/${place}/v1`, others)
    for (const [output, text] of Object.entries(outputs)) {
      const part = toldSecret(text, SECRETS)
      if (part !== undefined) told.push(`${form} in ${output}: ${part}`)
    }
  }
  return told
}

test.each(Object.keys(PLACES))(
  'no secret leaves that an endpoint repeats in: %s',
  async (place) => {
    const others = ['error', 'contentType', 'fields'].includes(place) ? OTHERS : []
    expect(await toldBy(place, others)).toEqual([])
  },
)

test('the command line tells none, with the key of the environment and headers of the file', async () => {
  const folder = await scratchFolder()
  const { apiKey, headers } = GIVEN
  await writeFile(
    join(folder, 'soundcheck.config.json'),
    JSON.stringify({ headers: Object.fromEntries(headers), save: 'saved', quick: true }),
  )
  const url = `${await rawServer(echoSecrets)}/base64OfHeader/characters/v1?api_key=${QUERY}`
  const env = { SOUNDCHECK_API_KEY: apiKey, TMPDIR: folder }
  const reporter = ['--reporter', 'terminal', '--reporter', 'junit=report.xml']
  const checked = await runCli(['check', url, ...reporter], env, folder)
  expect(checked.code).toBe(1)
  const measured = await runCli(
    ['bench', url, '--requests', '3', '--warmup', '0', '--no-calibrate', '--out', 'bench.json'],
    env,
    folder,
  )
  const linted = await runCli(['lint', 'saved', '--json'], {}, folder)
  await rm(join(folder, 'soundcheck.config.json'))
  const names = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = names
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name))
  expect(files.length).toBeGreaterThan(7)
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')))
  for (const { stdout, stderr } of [checked, measured, linted]) texts.push(stdout, stderr)
  for (const text of texts) expect(toldSecret(text, SECRETS)).toBeUndefined()
})

test('the journal of the mock tells none that a request bears', async () => {
  await using server = await startServer({ apiKey: KEY })
  const { headers } = GIVEN
  const content = `${KEY} ${encodeURIComponent(HEADER)} ${btoa(COOKIE)} ${PASSWORD} ${QUERY} ${TENANT}`
  const answer = await fetch(`${server.url}/chat/completions?api%5Fkey=${QUERY}&q=${KEY}`, {
    method: 'POST',
    headers: {
      ...Object.fromEntries(headers),
      authorization: `Bearer ${KEY}`,
      'content-type': 'application/json',
      'x-echo': KEY,
      'x-soundcheck-scope': KEY,
    },
    body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content }] }),
  })
  expect(answer.status).toBe(200)
  await answer.text()
  const journal = await (await fetch(new URL('/__soundcheck/journal', server.url))).text()
  expect(journal).toContain('x-echo')
  expect(toldSecret(journal, SECRETS)).toBeUndefined()
})

const SOME_KEY = 'sk-proj-AbCdEf0123456789ghIJklMN'
const PLAIN_KEY = 'hunter2-x9-lmno'
const CHAT = '/v1/chat/completions'

test.each<[what: string, path: string, headers: object, extra: object]>([
  ['a header of any name', CHAT, { 'x-custom-model-extra': SOME_KEY }, {}],
  ['a fragment', `${CHAT}#api_key=${PLAIN_KEY}`, {}, {}],
  ['semicolons', `${CHAT}?a=1;api_key=${PLAIN_KEY};b=${SOME_KEY}`, {}, {}],
  ['a password', `http://user:${PLAIN_KEY}@127.0.0.1${CHAT}`, {}, {}],
  ['a member by its name', CHAT, {}, { elevenlabs_extra_body: { api_key: PLAIN_KEY } }],
  ['a member by its look', CHAT, {}, { metadata: { a: [{ tenant: SOME_KEY }] } }],
  ['an element', CHAT, {}, { metadata: { keys: ['a', SOME_KEY], tokens: [PLAIN_KEY] } }],
  [
    'JSON in a string',
    CHAT,
    {},
    { user: JSON.stringify({ b: JSON.stringify({ token: PLAIN_KEY }) }) },
  ],
  ['the URL of a tool', CHAT, {}, { server: { url: `https://u:${PLAIN_KEY}@h/?key=${SOME_KEY}` } }],
  [
    'too many to look for',
    CHAT,
    {},
    { keys: Array.from({ length: 60 }, (_, i) => `${SOME_KEY}${i}`) },
  ],
])('the journal tells no key that stands in: %s', async (_, path, headers, extra) => {
  await using server = await startServer()
  const request = httpRequest(server.url, {
    method: 'POST',
    path,
    headers: { connection: 'close', 'content-type': 'application/json', ...headers },
  })
  const messages = [{ role: 'tool', tool_call_id: 'call_zY9xW8vU7tS6rQ5pO4nM3lK2', content: 'Hi' }]
  request.end(JSON.stringify({ model: 'Qwen/Qwen2.5-72B-Instruct', messages, ...extra }))
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  await textOf(response)
  const shown = await (await fetch(new URL('/__soundcheck/journal', server.url))).text()
  expect(shown).toContain('/v1/chat/completions')
  expect(shown).toMatch(/"body":"(?:\[redacted]|.*Qwen2.5-72B.*call_zY9xW8vU7tS6rQ5pO4nM3lK2)/)
  expect(toldSecret(shown, [PLAIN_KEY, SOME_KEY])).toBeUndefined()
})

type Refused = [what: string, method: string, path: string, rest: object]

test.each<Refused>([
  ['an unknown path', 'GET', `/v1/modelz?api_key=${QUERY}`, {}],
  ['a key in a path', 'POST', `/v1/${KEY.replaceAll('/', '%2F')}/chat/completions`, {}],
  ['a password', 'POST', `http://ava:${PASSWORD}@127.0.0.1/v1/nowhere`, {}],
  ['a fragment', 'POST', `/v1/nowhere#api_key=${QUERY}`, {}],
  ['a matrix', 'POST', `/v1/nowhere;api_key=${QUERY}`, {}],
  ['a URL that cannot be decoded', 'POST', `/v1/%zz?api_key=${QUERY}`, {}],
  ['what is no JSON', 'POST', '/v1/chat/completions', { body: `{"model": ${KEY}` }],
  ['no fault', 'POST', '/v1/chat/completions', { headers: { 'x-soundcheck-fault': KEY } }],
  ['no scenarios', 'POST', '/__soundcheck/scenarios', { body: KEY }],
  [
    'a scenario',
    'POST',
    '/__soundcheck/scenarios',
    { body: JSON.stringify({ scenarios: [{ then: `{{${KEY}}}` }] }) },
  ],
])('no error of the mock repeats a secret: %s', async (_, method, path, rest) => {
  await using server = await startServer({ faultHeader: true })
  const { body, headers } = { body: '{}', headers: {}, ...rest }
  const request = httpRequest(server.url, {
    method,
    path,
    headers: {
      authorization: `Bearer ${KEY}`,
      connection: 'close',
      'content-type': 'application/json',
      ...headers,
    },
  })
  request.end(method === 'GET' ? '' : body)
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  const answer = await textOf(response)
  expect(response.statusCode).toBeGreaterThanOrEqual(400)
  expect(answer).toContain('"error"')
  expect(toldSecret(answer, SECRETS)).toBeUndefined()
})

test('lint tells none that a recorded request bears', () => {
  const content = `# ${KEY} ${HEADER} ${TENANT}`
  const recorded = exchange({ arrivals: [{ atMs: 1, bytes: bytes(says(content)) }] }, [
    ['Authorization', `Bearer ${KEY}`],
    ['x-api-key', HEADER],
    ['x-tenant', TENANT],
  ])
  const report = lint([{ file: 'recorded.json', exchange: recorded }])
  expect(JSON.stringify(report)).toContain('# ***')
  expect(toldSecret(JSON.stringify(report), SECRETS)).toBeUndefined()
})

const PARTS = KEY.match(/.{1,5}/g)!
const called = (call: object) => delta({ tool_calls: [{ index: 0, ...call }] })

test.each([
  ['ids of calls', PARTS.map((id) => called({ id, function: { name: 'f', arguments: '{}' } }))],
  ['names of calls', PARTS.map((name, id) => called({ id: `a${id}`, function: { name } }))],
  ['arguments', PARTS.map((part, index) => called({ index, function: { arguments: part } }))],
  ['what arguments hold', [called({ function: { name: 'f', arguments: JSON.stringify(PARTS) } })]],
  ['reasons to finish', PARTS.map((reason) => delta({}, reason))],
  ['roles', PARTS.map((role) => delta({ role }))],
  ['names of events', PARTS.map((part) => `event: ${part}\nid: ${part}\n: ${part}\ndata: {}\n\n`)],
])('no finding quotes a piece of a key that an answer tells in: %s', (_, events) => {
  const recorded = exchange({ arrivals: [{ atMs: 1, bytes: bytes(events.join('') + DONE) }] }, [
    ['Authorization', `Bearer ${KEY}`],
  ])
  const report = JSON.stringify(lint([{ file: 'recorded.json', exchange: recorded }]))
  for (const part of PARTS.slice(0, -1)) expect(report).not.toContain(part)
})

test('what is judged is what was sent', async () => {
  const url = await rawServer((_, response) => response.writeHead(400).end(`{"error":"${KEY}"}`))
  const report = await check({ ...GIVEN, url, only: ['errors/no-leak'], onExchange: () => {} })
  expect(report.checks[0]!.findings[0]!.message).toContain('repeats the API key')
})
