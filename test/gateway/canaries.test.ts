import { once } from 'node:events'
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { trace } from '@opentelemetry/api'
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { expect, onTestFinished, test, vi } from 'vitest'
import { keyRing } from '../../src/gateway/keys/key-ring.ts'
import { startGateway } from '../../src/gateway/node.ts'
import { providers } from '../../src/gateway/upstream/provider/providers.ts'
import type { Json, JsonObject } from '../../src/protocol/index.ts'
import { canaryKey, canaryWords } from '../support/canaries.ts'
import { FORMS, PLACES } from '../support/echo-secrets.ts'
import { scratchFolder } from '../support/scratch-folder.ts'
import { startCli } from '../support/start-cli.ts'
import { toldSecret } from '../support/tells-secret.ts'

/** What nobody but its owner may read. */
const KEYS = named(canaryKey, [
  'caller',
  'wrongCaller',
  'upstream',
  'tenant',
  'cookie',
  'exported',
  'query',
  'path',
  'callersHeader',
  'callersCookie',
  'referrer',
])
/** What callers said, and platforms about them. */
const TEXTS = named(canaryWords, ['system', 'user', 'extra', 'userId', 'broken'])
const SECRET = Object.values(KEYS)
const PRIVATE = Object.values(TEXTS)

function named<Name extends string>(canaryOf: (name: string) => string, names: readonly Name[]) {
  return Object.fromEntries(names.map((name) => [name, canaryOf(name)])) as Record<Name, string>
}

/** Of a text, eight characters at its end tell nothing. */
const TELLS_NO_TEXT = 'tail'

/** All that it knows it repeats, in the form and the place that its path names, or the model. */
async function hostileUpstream(): Promise<{ url: string; heard: Set<string> }> {
  const heard = new Set<string>()
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      for (const each of headersIn(request.headers)) heard.add(each)
      repeat(request, body, response)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, heard }
}

const WANTED = new RegExp(
  `\\b(${Object.keys(FORMS).join('|')})/(${Object.keys(PLACES).join('|')})\\b`,
)

function repeat({ url, headers }: IncomingMessage, body: string, response: ServerResponse) {
  const [, form, place] = WANTED.exec(`${url} ${body}`) ?? []
  if (form === undefined || place === undefined) return response.writeHead(404).end()
  const texts = form === TELLS_NO_TEXT ? [] : textsIn(JSON.parse(body) as Json)
  const all = [...headersIn(headers), ...texts]
  const said = all.map((each) => FORMS[form]!(each.replace(/^Bearer /, ''), each)).join(' ; ')
  return PLACES[place]!(response, said)
}

const TELLING = ['authorization', 'cookie', 'x-tenant', 'x-api-key', 'x-goog-api-key']

function headersIn(headers: IncomingHttpHeaders): string[] {
  return TELLING.map((name) => headers[name]).filter((each) => typeof each === 'string')
}

/** In whichever API it is asked. */
function textsIn(asked: Json): string[] {
  if (typeof asked === 'string') return [asked]
  return typeof asked === 'object' && asked !== null ? Object.values(asked).flatMap(textsIn) : []
}

const MODELS = Object.keys(FORMS).flatMap((form) =>
  Object.keys(PLACES).map((place) => `${form}/${place}`),
)

function bodyFor(model: string): JsonObject {
  return {
    model,
    stream: true,
    messages: [
      { role: 'system', content: TEXTS.system },
      { role: 'user', content: TEXTS.user },
    ],
    elevenlabs_extra_body: { note: TEXTS.extra },
    user_id: TEXTS.userId,
  }
}

const HEADERS = {
  'content-type': 'application/json',
  authorization: `Bearer ${KEYS.caller}`,
  'x-api-key': KEYS.callersHeader,
  cookie: `session=${KEYS.callersCookie}`,
  referer: `https://app.example/?token=${KEYS.referrer}`,
  'x-conversation-id': 'conv_1',
}

/** Asks for all that can go wrong; gives what of it callers are told beside what a model says. */
async function askForTrouble(url: string): Promise<{ name: string; told: string }[]> {
  const told: { name: string; told: string }[] = []
  const say = async (name: string, path: string, init: RequestInit) => {
    const response = await fetch(new URL(path, url), { method: 'POST', headers: HEADERS, ...init })
    const body = await response.text().catch(String)
    told.push({
      name,
      told: `${JSON.stringify([...response.headers])}\n${withoutWords(response, body)}`,
    })
  }
  const path = `/v1/chat/completions?key=${encodeURIComponent(KEYS.query)}`
  for (const model of MODELS) await say(model, path, { body: JSON.stringify(bodyFor(model)) })
  await say('whole', path, { body: JSON.stringify({ ...bodyFor('whole/error'), stream: false }) })
  const wrong = { ...HEADERS, authorization: `Bearer ${KEYS.wrongCaller}` }
  await say('wrong key', path, { headers: wrong, body: '{}' })
  await say('no JSON', path, { body: `{"a": "${TEXTS.broken}` })
  await say('no messages', path, { body: JSON.stringify({ model: 'm', messages: TEXTS.broken }) })
  await say('wrong role', path, {
    body: JSON.stringify({ model: 'm', messages: [{ role: TEXTS.broken, content: 1 }] }),
  })
  await say('too large', path, { body: JSON.stringify({ a: TEXTS.broken.repeat(400_000) }) })
  await say('text', path, {
    headers: { ...HEADERS, 'content-type': 'text/plain' },
    body: TEXTS.broken,
  })
  await say('nothing there', `/${encodeURIComponent(KEYS.path)}`, {})
  await say('undecodable', `/%ff${encodeURIComponent(KEYS.path)}`, {})
  await say('wrong method', path, { method: 'PUT', body: TEXTS.broken })
  await say('no such model', `/v1/models/x?key=${encodeURIComponent(KEYS.query)}`, {
    method: 'GET',
  })
  const raw = connect(Number(new URL(url).port), '127.0.0.1')
  raw.end(
    `POST /${KEYS.path} HTTP/1.1\r\nauthorization: Bearer ${KEYS.caller}\r\nbad header\r\n\r\n`,
  )
  told.push({ name: 'no HTTP', told: await text(raw) })
  return told
}

/** Chunks are what the caller is to get. */
function withoutWords(response: Response, body: string): string {
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) return body
  return body.replaceAll(/^data: \{.*"choices":.*\n\n/gm, '')
}

/** What a gateway asks for a model: an endpoint, or a provider by its package. */
type TargetOf = (model: string, upstream: string) => JsonObject

const relayed: TargetOf = (model, upstream) => ({
  upstream: `${upstream}/${model}/v1`,
  name: 'hostile',
  headersEnv: { 'x-tenant': 'HOSTILE_TENANT', cookie: 'HOSTILE_COOKIE' },
})

const providedBy =
  (name: string): TargetOf =>
  (model) => ({ upstream: name, model })

const PROVIDERS = ['anthropic', 'google', 'groq', 'mistral', 'openai-responses']

const baseUrls = (upstream: string) =>
  Object.fromEntries(PROVIDERS.map((name) => [providers[name]!.baseUrl, `${upstream}/v1`]))

function configFor(upstream: string, targetOf: TargetOf): JsonObject {
  return {
    models: Object.fromEntries(
      MODELS.map((model) => [model, [{ ...targetOf(model, upstream), apiKeyEnv: 'HOSTILE_KEY' }]]),
    ),
    keys: [{ name: 'caller', keyEnv: 'CALLER_KEY' }],
    limits: { firstContentMs: 2_000 },
    fallback: { retries: 0 },
  }
}

const ENVIRONMENT = {
  HOSTILE_KEY: KEYS.upstream,
  HOSTILE_TENANT: KEYS.tenant,
  HOSTILE_COOKIE: KEYS.cookie,
  CALLER_KEY: KEYS.caller,
  UNUSED_TOKEN: KEYS.exported,
}

/** All that a gateway of a process of its own tells, whomever. */
async function runTroubled(args: readonly string[], targetOf = relayed) {
  const file = join(await scratchFolder(), 'soundcheck.gateway.json')
  const { url: upstream, heard } = await hostileUpstream()
  writeFileSync(file, JSON.stringify(configFor(upstream, targetOf)))
  const environment = { ...ENVIRONMENT, ...baseUrls(upstream) }
  const child = startCli(['gateway', '--port', '0', '--config', file, ...args], environment)
  let [out, err] = ['', '']
  child.stdout!.on('data', (data) => (out += String(data)))
  child.stderr!.on('data', (data) => (err += String(data)))
  const url = await vi.waitUntil(() => /Listening on (\S+)/.exec(out)?.[1], { timeout: 20_000 })
  const told = await askForTrouble(url)
  const metrics = await fetch(new URL('/metrics', url), { headers: HEADERS })
  const exposition = await metrics.text()
  child.kill('SIGTERM')
  await once(child, 'exit')
  return { told, exposition, lines: out.split('\n'), err, heard }
}

/** What is told, and by which of many texts. */
function tellings(texts: readonly { name: string; told: string }[], secrets: readonly string[]) {
  return texts.flatMap(({ name, told }) => {
    const secret = toldSecret(told, secrets)
    return secret === undefined ? [] : [{ name, secret, told: told.slice(0, 600) }]
  })
}

test.each<[string, TargetOf]>([
  ['an endpoint', relayed],
  ...PROVIDERS.map((name): [string, TargetOf] => [`a model of ${name}`, providedBy(name)]),
])('a gateway to %s tells no secret, and nothing that was said', async (_, targetOf) => {
  const { told, lines, err, exposition, heard } = await runTroubled([], targetOf)
  expect([...heard].join()).toContain(KEYS.upstream)
  expect([...heard].join()).not.toContain(KEYS.callersHeader)
  const all = [...SECRET, ...PRIVATE]
  expect(told).toHaveLength(MODELS.length + 12)
  expect(lines.filter((line) => line.includes('"outcome"')).length).toBeGreaterThan(MODELS.length)
  expect.soft(tellings(told, all)).toEqual([])
  expect.soft(tellings(lines.map(asLine), all)).toEqual([])
  expect.soft(tellings([{ name: 'stderr', told: err }], all)).toEqual([])
  expect.soft(tellings([{ name: 'metrics', told: exposition }], all)).toEqual([])
})

test('a log of what is said holds no key', async () => {
  const { lines } = await runTroubled(['--log-content'])
  expect(lines.some((line) => line.includes(TEXTS.user))).toBe(true)
  expect(tellings(lines.map(asLine), SECRET)).toEqual([])
})

test('traces hold none', async () => {
  const exporter = new InMemorySpanExporter()
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] })
  trace.setGlobalTracerProvider(provider)
  onTestFinished(() => trace.disable())
  const { url: upstream } = await hostileUpstream()
  const headers = { 'x-tenant': KEYS.tenant, cookie: KEYS.cookie }
  const models = Object.fromEntries(
    MODELS.map((model) => [
      model,
      { url: `${upstream}/${model}/v1`, name: 'hostile', apiKey: KEYS.upstream, headers },
    ]),
  )
  const keys = keyRing([{ name: 'caller', key: KEYS.caller }])
  await using gateway = await startGateway({ models, keys, fallback: { retries: 0 } })
  await askForTrouble(gateway.url)
  const spans = exporter.getFinishedSpans()
  expect(spans.length).toBeGreaterThan(MODELS.length)
  const texts = spans.map(({ name, attributes, status, events }) => ({
    name,
    told: JSON.stringify({ name, attributes, status, events }),
  }))
  expect(tellings(texts, [...SECRET, ...PRIVATE])).toEqual([])
})

function asLine(told: string) {
  return { name: 'line', told }
}
