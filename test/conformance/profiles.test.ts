import { readdirSync, readFileSync } from 'node:fs'
import type { IncomingHttpHeaders } from 'node:http'
import { json } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import {
  check,
  checks,
  checksFor,
  exchangeFromJson,
  lint,
  type ProfileId,
  profiles,
} from '../../src/conformance/index.ts'
import { asksIn, profileIn } from '../../src/conformance/profiles/profile-in.ts'
import {
  chat,
  compileSchema,
  type Dialect,
  dialects,
  type Json,
  type JsonObject,
  responses,
} from '../../src/protocol/index.ts'
import { startServer } from '../../src/server/index.ts'
import { faultOf } from '../support/fault.ts'
import { rawServer } from '../support/raw-server.ts'
import { referenceServer } from '../support/reference-server.ts'

const folder = new URL('../../src/conformance/profiles/', import.meta.url)
const legal = new URL('../../fixtures/exchanges/legal/', import.meta.url)

test('every profile in the folder is listed, under the name of its file', () => {
  const files = readdirSync(folder)
    .map((name) => name.replace(/\.ts$/, ''))
    .filter(
      (name) =>
        ![
          'index',
          'as-platform',
          'define-profile',
          'not-heard',
          'profile-in',
          'with-system-prompt',
        ].includes(name),
    )
  expect(profiles.map(({ id }) => id).toSorted()).toEqual(files.toSorted())
})

describe.each(profiles)('$id', (profile) => {
  test.each(dialects.filter((dialect) => asksIn(profile, dialect)))(
    'names checks that exist in $id, and its source',
    (dialect) => {
      const { severities, skips, source, ...own } = profileIn(profile, dialect)
      const ids = checks.map((each) => each.id)
      for (const name of Object.keys(skips)) expect(ids).toContain(name)
      const judging = checksFor(dialect).map((each) => each.id)
      for (const name of [...(own.includes ?? []), ...Object.keys(severities)])
        expect(judging).toContain(name)
      expect(new URL(source).protocol).toBe('https:')
    },
  )

  test.each(dialects.filter((dialect) => asksIn(profile, dialect)))(
    'is what asks for the checks that only it has in $id',
    (dialect) => {
      const own = checksFor(dialect).filter(({ optIn }) => optIn === `--profile ${profile.id}`)
      expect(own.map((each) => each.id)).toEqual(profileIn(profile, dialect).includes ?? [])
    },
  )
})

interface Received {
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: JsonObject
}

function bodyOf({ body }: Received): JsonObject {
  return body
}

/** Whether the platform has put it: what is asked in the words of the API alone is the same for all. */
function isPut(body: JsonObject): boolean {
  return (
    Array.isArray(body['input']) &&
    !/sousaphone|never_was|previous_response_id/.test(JSON.stringify(body))
  )
}

/** The streamed turns that an endpoint receives that says hi to everything. */
async function received(profile: ProfileId, path = '', dialect?: Dialect): Promise<Received[]> {
  const requests: Received[] = []
  const url = await rawServer(async (request, response) => {
    const body = await json(request).catch(() => undefined)
    if (request.method === 'POST' && body !== undefined)
      requests.push({ url: request.url!, headers: request.headers, body: body as JsonObject })
    response.setHeader('content-type', 'text/event-stream')
    response.end('data: {"choices":[{"index":0,"delta":{"content":"Hi."}}]}\n\ndata: [DONE]\n\n')
  })
  await check({
    url: url + path,
    profile,
    samples: 1,
    skip: ['transport'],
    ...(dialect && { dialect }),
  })
  return requests.filter(({ body }) => body['stream'] === true)
}

describe('what is sent', () => {
  test('only ElevenLabs adds its extra body', async () => {
    for (const { id } of profiles.filter((profile) => asksIn(profile, chat))) {
      const requests = await received(id, '/chat/completions')
      const extra = requests.filter(({ body }) => 'elevenlabs_extra_body' in body)
      const unlimited = requests.filter(({ body }) => body['max_tokens'] === -1)
      expect(extra.length > 0).toBe(id === 'elevenlabs')
      expect(unlimited.length > 0).toBe(id === 'elevenlabs')
    }
  })

  test('Vapi tells of the call', async () => {
    const requests = await received('vapi')
    const ids = requests.map(({ body }) => (body['call'] as JsonObject | undefined)?.['id'])
    expect(ids).not.toContain(undefined)
    expect(ids).toEqual(
      expect.arrayContaining(['soundcheck', 'soundcheck-barge-in', 'soundcheck-other-call']),
    )
  })

  test('Vapi sends what typed endpoints require: whole objects, limits, and text', async () => {
    const texts = (...names: string[]) => ({
      type: 'object',
      required: names,
      properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
    })
    const violationsOf = compileSchema({
      type: 'object',
      required: [
        'model',
        'temperature',
        'max_tokens',
        'call',
        'phoneNumber',
        'customer',
        'metadata',
      ],
      properties: {
        temperature: { type: 'number' },
        max_tokens: { type: 'integer', minimum: 1 },
        call: texts('id', 'orgId', 'createdAt', 'updatedAt', 'type', 'status', 'assistantId'),
        phoneNumber: texts(
          'id',
          'orgId',
          'number',
          'createdAt',
          'updatedAt',
          'name',
          'provider',
          'twilioAccountSid',
          'twilioAuthToken',
        ),
        customer: texts('number'),
        metadata: { type: 'object' },
        messages: { items: { properties: { content: { not: { type: 'null' } } } } },
      },
    })
    const bodies = (await received('vapi')).map(({ body }) => body)
    expect(bodies.length).toBeGreaterThan(15)
    expect(bodies.flatMap((body) => violationsOf(body))).toEqual([])
  })

  test('Hume names the session in the query, beside what is there', async () => {
    const requests = await received('hume', '/chat/completions?tenant=a%2Fb')
    const queries = requests.map(({ url }) => url)
    expect(queries).toContain(
      '/chat/completions?tenant=a%2Fb&custom_session_id=soundcheck-other-call',
    )
    expect(queries.every((url) => url.includes('&custom_session_id=soundcheck'))).toBe(true)
  })

  test('LiveKit asks through the client of OpenAI', async () => {
    const [first] = await received('livekit')
    expect(first!.headers['x-stainless-lang']).toBe('js')
  })

  test('Pipecat keeps nothing, and speaks as the developer', async () => {
    const bodies = (await received('pipecat', '', responses)).map(bodyOf).filter(isPut)
    expect(new Set(bodies.map(({ store }) => store))).toEqual(new Set([false]))
    expect(JSON.stringify(bodies)).not.toContain('"role":"system"')
    const greetings = bodies.filter(({ input }) => (input as Json[] | undefined)?.length === 1)
    expect(greetings.map(({ input }) => (input as JsonObject[])[0]!['role'])).toContain('developer')
    const tools = bodies.flatMap((body) => (body['tools'] ?? []) as JsonObject[])
    expect(new Set(tools.map(({ strict }) => strict))).toEqual(new Set([null]))
    const [inChat] = await received('pipecat')
    expect(inChat!.body).not.toHaveProperty('store')
  })

  test('the AI SDK sends parts', async () => {
    const bodies = (await received('ai-sdk', '', responses)).map(bodyOf).filter(isPut)
    const items = bodies.flatMap(({ input }) => (input ?? []) as JsonObject[])
    const types = (who: string) => [
      ...new Set(
        items.flatMap(({ role, content }) =>
          role === who ? (content as JsonObject[]).map(({ type }) => type) : [],
        ),
      ),
    ]
    expect([types('user'), types('assistant')]).toEqual([['input_text'], ['output_text']])
  })
})

test('a platform that never asks for chat completions asks for what it does', async () => {
  await using server = await startServer()
  const { url, journal } = server
  const paths = async (given: string, apiType?: 'chat_completions') => {
    journal.clear()
    const options = { url: given, profile: 'openresponses', quick: true, apiType } as const
    await check({ ...options, only: ['transport/status-ok'] })
    return new Set(journal.entries().map((entry) => new URL(entry.url, url).pathname))
  }
  expect(await paths(url)).toEqual(new Set(['/v1/responses']))
  const refused = 'openresponses (clients of Open Responses) never asks at /chat/completions'
  await expect(paths(`${url}/chat/completions`)).rejects.toThrow(refused)
  await expect(paths(url, 'chat_completions')).rejects.toThrow(refused)
})

test('a platform that never asks in a dialect is no profile of it', async () => {
  const options = { url: 'http://127.0.0.1:1', profile: 'vapi', dialect: responses } as const
  await expect(check(options)).rejects.toThrow(
    'the profile vapi (Vapi) never asks at /responses (Responses); choose another profile or another API',
  )
  const saved = [{ file: 'a', body: new TextEncoder().encode('data: 1\n\n') }]
  expect(lint(saved, { profile: 'vapi', dialect: responses }).verdict).toBe('fail')
})

test.each<[ProfileId, string | undefined]>([
  ['elevenlabs', 'warning'],
  ['openai', 'info'],
])('without [DONE] a response has, for %s, a finding: %s', async (profile, severity) => {
  const report = await check({
    url: await referenceServer(),
    dialect: responses,
    profile,
    only: ['sse/done'],
  })
  expect(report.verdict).toBe('pass')
  expect(report.checks[0]!.findings[0]?.severity).toBe(severity)
})

test('Hume posts to the URL as it is, so a base URL is refused', async () => {
  await expect(check({ url: 'http://127.0.0.1:1/v1', profile: 'hume' })).rejects.toThrow(
    'Hume EVI posts to the URL as it is: give the whole one, ending in /chat/completions',
  )
})

test('an unknown profile is met with those there are', async () => {
  const options = { url: 'http://127.0.0.1:1', profile: 'siri' as ProfileId }
  await expect(check(options)).rejects.toThrow('choose elevenlabs, openai, vapi, hume, livekit')
})

describe('openai', () => {
  test('what generated clients reject is an error, and a warning for others', async () => {
    const url = await referenceServer(faultOf('tools/type', 'tool-no-type'))
    const severityFor = async (profile: ProfileId) => {
      const report = await check({ url, profile, only: ['tools'] })
      return [report.verdict, report.checks.find(({ id }) => id === 'tools/type')!.severity]
    }
    expect(await severityFor('elevenlabs')).toEqual(['pass', 'warning'])
    expect(await severityFor('openai')).toEqual(['fail', 'error'])
  })

  test.each(readdirSync(legal))('is strict with %s only where OpenAI itself would be', (file) => {
    const exchange = exchangeFromJson(JSON.parse(readFileSync(new URL(file, legal), 'utf8')))
    const report = lint([{ file, exchange }], { profile: 'openai' })
    const errors = report.files[0]!.checks.filter(
      ({ status, severity }) => status === 'fail' && severity === 'error',
    )
    expect(errors.map(({ id }) => id)).toEqual(BEYOND_OPENAI[file] ?? [])
  })
})

/** Legal for clients of a voice platform, but never sent by OpenAI. */
const BEYOND_OPENAI: Record<string, string[]> = {
  'finish-reason-absent-midstream.json': ['chunk/openai-schema'],
  'object-says-done.json': ['chunk/envelope-fields'],
}
