import Fastify from 'fastify'
import { expect, onTestFinished, test } from 'vitest'
import { gatewayLogFields } from '../../../scripts/gateway-words.ts'
import { logOptions } from '../../../src/gateway/account/log-options.ts'
import { requestLog, type RequestLogOptions } from '../../../src/gateway/account/request-log.ts'
import { textRedactor } from '../../../src/gateway/account/text-redactor.ts'
import type { Attempt, TurnRecord } from '../../../src/gateway/account/turn-record.ts'
import { FORMS } from '../../support/echo-secrets.ts'
import { toldSecret } from '../../support/tells-secret.ts'
import { turnRecord } from '../../support/turn-records.ts'

const KEY = 'sk-4aZq7+Wm/9xKc2=Lt5vBn8Ry3/Pd6'
const CALLER = 'x7Gh2+kQ/5tMw8=Zp4cVs'
const SECRETS = [KEY, CALLER]

interface Line extends Readonly<Record<string, unknown>> {
  readonly level: number
  readonly msg: string
}

/** A server of fastify whose log is read back. */
function logging(secrets: () => readonly string[] = () => SECRETS) {
  const written: string[] = []
  const redactor = textRedactor(secrets)
  const app = Fastify({
    logger: logOptions({ redactor, stream: { write: (line) => void written.push(line) } }),
    genReqId: ({ headers }) => String(headers['x-request-id'] ?? 'none'),
  })
  onTestFinished(() => app.close())
  return { app, redactor, written, lines: () => written.map((line) => JSON.parse(line) as Line) }
}

function logged(record: TurnRecord, options: Partial<RequestLogOptions> = {}) {
  const { app, redactor, written, lines } = logging()
  requestLog({ logger: app.log, redactor, ...options }).began(record)(record)
  expect(written).toHaveLength(1)
  return { line: lines()[0]!, text: written[0]! }
}

const attempt = (differences: Partial<Attempt>): Attempt => ({
  upstream: 'openai',
  model: 'gpt-5-mini',
  fault: 'failed',
  why: null,
  ms: 12.3456,
  ...differences,
})

test('a request is one line', () => {
  const usage = { input: 20, output: 30, cached: 5, reasoning: 7, source: 'counted' } as const
  const { line } = logged(
    turnRecord({ usage, firstContentMs: 400.0312, bufferWords: 1, cache: 'miss' }),
  )
  const { time, pid, hostname, ...rest } = line
  expect(typeof time).toBe('number')
  expect([pid, hostname]).toEqual([process.pid, expect.any(String)])
  expect(rest).toEqual({
    level: 30,
    msg: 'request answered',
    id: 'req-1',
    conversation: 'conv-1',
    key: 'line-one',
    model: 'voice',
    stream: true,
    status: 200,
    outcome: 'answered',
    upstream: 'openai',
    attempts: [{ upstream: 'openai', model: 'gpt-5-mini', fault: null, why: null, ms: 900 }],
    firstContentMs: 400,
    firstSentenceMs: 700,
    longestGapMs: 120,
    totalMs: 1500,
    usage,
    finishReason: 'stop',
    bufferWords: 1,
    cache: 'miss',
    shared: false,
  })
})

test('the page of the log tells of each field', () => {
  const { line } = logged(turnRecord(), { content: true })
  const ofPino = ['level', 'time', 'pid', 'hostname', 'msg']
  const fields = Object.keys(line).filter((name) => !ofPino.includes(name))
  expect(Object.keys(gatewayLogFields)).toEqual(fields)
})

test('what was asked and said is logged only where it is wanted', () => {
  const content = { asked: 'My name is\nAva\u009b', said: 'Good day, Ava.' }
  expect(logged(turnRecord({ content })).text).not.toContain('Ava')
  const { asked, said } = logged(turnRecord({ content }), { content: true }).line
  expect([asked, said]).toEqual(['My name is\nAva\\u{9b}', 'Good day, Ava.'])
})

test.each([
  ['answered', 30],
  ['client-left', 30],
  ['superseded', 30],
  ['drained', 30],
  ['apologized', 40],
  ['refused', 40],
  ['failed', 50],
] as const)('a request that was %s has the level %d', (outcome, level) => {
  expect(logged(turnRecord({ outcome })).line).toMatchObject({ level, msg: `request ${outcome}` })
})

test('a refused key has a name, also where another upstream answered', () => {
  const fault = 'unauthorized'
  const attempts = [
    attempt({ fault }),
    attempt({ fault }),
    attempt({ fault, upstream: 'vllm' }),
    attempt({ fault: null, upstream: 'groq' }),
  ]
  const keyVariables = { openai: 'OPENAI_API_KEY', groq: 'GROQ_API_KEY' }
  const { line } = logged(turnRecord({ attempts, upstream: 'groq' }), { keyVariables })
  expect(line.level).toBe(40)
  expect(line.msg).toBe(
    "request answered; openai refused the gateway's key (OPENAI_API_KEY); vllm refused the gateway's key",
  )
})

test('no line tells a key, in whatever form and place', () => {
  for (const spell of Object.values(FORMS)) {
    const secret = SECRETS.map((each) => spell(each, `Bearer ${each}`)).join(' ; ')
    const why = `Incorrect API key provided: ${secret}. See https://api.example.com/v1?key=${secret}#x`
    const record = turnRecord({
      id: secret,
      key: secret,
      model: secret,
      conversation: secret,
      upstream: secret,
      finishReason: secret,
      attempts: [attempt({ why, model: secret, upstream: secret })],
      content: { asked: why, said: secret },
    })
    const { text, line } = logged(record, { content: true })
    expect(line['asked']).toContain('Incorrect API key provided')
    expect(toldSecret(text, SECRETS), text).toBeUndefined()
  }
})

test('what looks like a key is one, where others wrote it', () => {
  const unknown = 'sk-proj-AbCdEf0123456789ghIJklMN'
  const why = `401 from https://ava:hunter2@hunter5@api.example.com/v1/chat?tenant=hunter3 "/v1?k=hunter4" ${unknown}`
  const { text, line } = logged(turnRecord({ attempts: [attempt({ why })] }))
  expect(line['attempts']).toMatchObject([
    { why: '401 from https://[redacted]@api.example.com/v1/chat "/v1" [redacted]', ms: 12.3 },
  ])
  expect(text).not.toMatch(/hunter|AbCdEf/)
})

const FOREIGN = 'x7Gh2kQ5tMw8Zp4cVs9B'

test.each([
  ['Server listening at http://127.0.0.1:45123', ''],
  ['Server listening at http://[::1]:45123', ''],
  ['connect to https://gw-1.abc12de.example.com:18443: refused', ''],
  ['url=http://localhost:45123/v1/chat/completions.', ''],
  ['redis://[redacted]@cache:16379', 'redis://ava:hunter2@cache:16379'],
  ['http://10.0.0.7:45123[redacted]', `http://10.0.0.7:45123/v1/${FOREIGN}/chat`],
  ['http://10.0.0.7:45123[redacted]', 'http://10.0.0.7:45123/x7Gh2kQ5'],
  ['http://10.0.0.7:45123/v1', `http://10.0.0.7:45123/v1?key=${FOREIGN}`],
  ['[redacted]', `http://${FOREIGN}:45123/v1`],
  ['[redacted]', `http://host:45123${FOREIGN}`],
  ['[redacted]http://host:45123', `${FOREIGN}http://host:45123`],
  ['[redacted]', `http:${FOREIGN}`],
])('an address is no key, and hides none: %s', (told, text) => {
  expect(textRedactor(() => []).foreign(text || told)).toBe(told)
})

test('names and ids are told whole, though they look like keys', () => {
  const id = '550e8400-e29b-41d4-a716-446655440000'
  const model = 'ft:gpt-4o-mini-2024-07-18:acme::9abcDEF12'
  const { line } = logged(turnRecord({ id, attempts: [attempt({ model })] }))
  expect(line).toMatchObject({ id, attempts: [{ model }] })
})

test('what others wrote cannot fill the log, or the terminal that shows it', () => {
  const long = `\u001b[2J\u202e${'x '.repeat(5_000)}`
  const { text, line } = logged(
    turnRecord({ id: long, finishReason: long, attempts: [attempt({ why: long })] }),
  )
  expect(text.length).toBeLessThan(2_500)
  expect(line['id']).toMatch(/^\\u\{1b\}\[2J\\u\{202e\}x x .*…$/)
})

test('keys may change while the gateway runs', () => {
  let secrets = ['first-key-1a2b3c4d']
  const { app, redactor, written } = logging(() => secrets)
  const tell = requestLog({ logger: app.log, redactor })
  const conversation = 'second-key-5e6f7g8h'
  tell.began(turnRecord())(turnRecord({ conversation }))
  expect(written[0]).toContain(conversation)
  secrets = [conversation]
  tell.began(turnRecord())(turnRecord({ conversation }))
  expect(written[1]).not.toContain(conversation)
})

test('any number of keys is hidden', () => {
  const secrets = Array.from({ length: 500 }, (_, i) => `caller-key-${i}-x7Gh2kQ5tMw8Zp4cVs`)
  const redactor = textRedactor(() => secrets)
  for (const i of [0, 31, 32, 499])
    expect(redactor.name(`a ${secrets[i]} b`)).not.toContain('x7Gh2kQ5')
})

test("fastify's own lines tell no query, message or header", async () => {
  const { app, written, lines } = logging()
  app.get('/fails', () => {
    throw new Error(`${KEY}\n    at ${CALLER} (hunter2)`)
  })
  app.get('/logs', ({ log }) => {
    log.error(new Error(`hunter2 ${KEY}`))
    log.warn({ err: new TypeError(CALLER), authorization: KEY, note: 'hunter2' })
    log.warn({ err: 'hunter2' })
    log.error(Object.assign(new Error('hunter2'), { code: 7, name: undefined }))
    log.info('asked %s for "/v1?api_key=hunter2"', KEY)
    log.info({ headers: { authorization: KEY } }, 'key %s', CALLER)
    return 'ok'
  })
  const headers = { authorization: `Bearer ${KEY}`, 'x-request-id': KEY, 'x-api-key': CALLER }
  for (const url of ['/fails', '/logs', '/nowhere', `/${KEY.replaceAll('/', '')}`]) {
    await app.inject({ url: `${url}?api_key=hunter2&token=${CALLER}`, headers })
  }
  const text = written.join('')
  expect(text).not.toContain('hunter2')
  expect(toldSecret(text, SECRETS)).toBeUndefined()
  expect(lines()).toContainEqual(
    expect.objectContaining({ msg: 'incoming request', req: { method: 'GET', path: '/fails' } }),
  )
  const errors = lines().flatMap(({ err }) => (err === undefined ? [] : [err as Error]))
  expect(errors[0]).toMatchObject({ type: 'Error', message: '' })
  expect(errors[0]!.stack).toMatch(/^ {4}at .*request-log\.test\.ts/)
})
