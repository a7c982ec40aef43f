import { expect, test } from 'vitest'
import {
  answerWhere,
  duplicatesGet,
  editText,
  noAnswer,
  refuseWhen,
} from '../../src/conformance/faults/index.ts'
import { check, type CheckOptions } from '../../src/conformance/index.ts'
import { isJsonObject, type JsonObject, parseJson } from '../../src/protocol/index.ts'
import { eventStreamReply, type Fault, jsonReply, type Reply } from '../../src/wire/index.ts'
import { referenceServer } from '../support/reference-server.ts'

async function told(fault: Fault, options: Omit<CheckOptions, 'url'> = {}) {
  const url = await referenceServer({ fault })
  const report = await check({ url, skip: ['latency', 'errors', 'models'], ...options })
  return {
    report,
    told: report.checks.flatMap(({ id, findings }) =>
      findings.map(({ message }) => `${id}: ${message}`),
    ),
  }
}

/** Fails now and then, the same in each run. */
function nowAndThen(share: number, seed: number, broken: (reply: Reply) => Reply): Fault {
  let state = seed
  return {
    wrap: (handler) => async (request, call) => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
      const reply = await handler(request, call)
      return request.method === 'POST' && state / 2_147_483_648 < share ? broken(reply) : reply
    },
  }
}

const messagesOf = ({ messages }: JsonObject) => JSON.stringify(messages ?? null)
const extraOf = ({ elevenlabs_extra_body: extra }: JsonObject) => (isJsonObject(extra) ? extra : {})

test('what an endpoint needs stays while the culprit is sought', async () => {
  const fault = refuseWhen(
    (request) => extraOf(request)['case'] !== 'A1' || request['max_tokens'] === -1,
    'no',
  )
  const { told: findings } = await told(fault, { extraBody: { case: 'A1' } })
  expect(findings).toEqual([
    'request/max-tokens-unlimited: A request with `"max_tokens": -1` was refused; the same request without it was accepted.',
  ])
})

test('a request that only seeks the culprit is no turn', async () => {
  const fault = refuseWhen(
    (request) => request['user_id'] !== undefined || messagesOf(request).includes('[{"type"'),
    'no',
  )
  const { told: findings, report } = await told(fault, { only: ['request', 'transport/status-ok'] })
  expect(findings).toEqual([
    'request/elevenlabs-fields: A request with `user_id` was refused; the same request without it was accepted.',
    'request/content-parts: A request with content as an array of text parts was refused; the same request without it was accepted.',
  ])
  const shown = report.checks.find(({ id }) => id === 'request/elevenlabs-fields')!
  expect(shown.findings[0]!.repeat).toContain('user_id')
  expect(shown.findings[0]!.repeat).not.toContain('"type":"text"')
})

test.each([1, 2, 3, 4])('a server that fails now and then: %i', async (seed) => {
  const busy = jsonReply(503, { error: { message: 'busy' } })
  const { told: findings } = await told(
    nowAndThen(0.3, seed, () => busy),
    {
      only: ['request', 'isolation/duplicate-request'],
      // Which request fails is drawn in the order in which they come.
      concurrency: 1,
    },
  )
  expect(findings).toEqual([])
})

test.each([1, 2, 3, 4])('a server whose replies are empty now and then: %i', async (seed) => {
  const request = { method: 'POST', url: '', headers: [], body: null }
  const silent = (reply: Reply) => editText(() => '')(reply, request)
  const { told: findings } = await told(nowAndThen(0.15, seed, silent), { only: ['isolation'] })
  expect(findings).toEqual([])
})

test('the search ends where the endpoint wants no more requests', async () => {
  let count = 0
  const fault: Fault = {
    wrap: (handler) => async (request, call) => {
      if (request.method !== 'POST') return handler(request, call)
      count += 1
      if (count > 12) return jsonReply(429, { error: { message: 'slow down' } })
      const body = parseJson(request.body ?? '')
      return isJsonObject(body) && body['stream_options'] !== undefined
        ? jsonReply(400, { error: { message: 'no' } })
        : handler(request, call)
    },
  }
  const { report } = await told(fault)
  expect(report.requests).toBeLessThan(45)
})

test.each([
  [
    'an error in a stream',
    eventStreamReply([
      { kind: 'event', atMs: 0, data: '{"error":{"message":"No user message found"}}' },
    ]),
  ],
  ['a closed connection', noAnswer('reset')],
])('a feature is found that gets %s instead of a reply', async (_, answer) => {
  const fault = answerWhere(({ body }) => body?.includes('"type":"text"') ?? false, answer)
  const { told: findings } = await told(fault, { only: ['request'] })
  expect(findings).toEqual([
    'request/content-parts: A request with content as an array of text parts was refused; the same request without it was accepted.',
  ])
})

test.each([
  'Please reduce the length of the messages or completion. Current length is 38000 while limit is 8192',
  'Input validation error: `inputs` must have less than 4095 tokens. Given: 38000',
  'Range of input length should be [1, 30720]',
  "This model's maximum prompt length is 131072 but the request contains 200000 tokens.",
])('a limit of the model is none of the server: %s', async (message) => {
  const fault = refuseWhen((request) => messagesOf(request).length > 100_000, message)
  const { told: findings } = await told(fault, { only: ['request', 'transport/status-ok'] })
  expect(findings).toEqual([])
})

test.each(['Request body exceeds maximum of 100000 bytes; send fewer tokens', 'too large'])(
  'a limit of the server is none of the model: %s',
  async (message) => {
    const fault = refuseWhen((request) => messagesOf(request).length > 100_000, message)
    const { told: findings } = await told(fault, { only: ['request', 'transport/status-ok'] })
    expect(findings).toEqual([expect.stringMatching(/^request\/large-body: /)])
  },
)

test('one of two identical requests fails once', async () => {
  let isFirst = true
  const broken = duplicatesGet((reply) => {
    if (!isFirst) return reply
    isFirst = false
    return jsonReply(500, {})
  })
  const { told: findings } = await told(broken, { only: ['isolation/duplicate-request'] })
  expect(findings).toEqual([])
})
