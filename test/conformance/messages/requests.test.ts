import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import { check } from '../../../src/conformance/index.ts'
import {
  answerWhere,
  duplicatesGet,
  noAnswer,
  refuseWhen,
  rewriteRequest,
} from '../../../src/conformance/faults/index.ts'
import { REQUEST_FEATURES } from '../../../src/conformance/checks/request/features.ts'
import { eventStreamReply, type Fault, textReply } from '../../../src/wire/index.ts'
import { referenceServer } from '../../support/reference-server.ts'

async function said(id: string, fault: Fault): Promise<unknown> {
  const report = await check({
    url: await referenceServer({ fault }),
    only: [id],
    timeoutMs: 5_000,
  })
  const { status, reason, findings } = report.checks[0]!
  return { status, reason, messages: findings.map(({ message, actual }) => [message, actual]) }
}

describe('an honest refusal', () => {
  test('of a history that the model cannot hold', async () => {
    const fault = refuseWhen(
      REQUEST_FEATURES.large.isIn,
      "This model's maximum context length is 8192 tokens",
    )
    expect(await said('request/large-body', fault)).toEqual({
      status: 'skip',
      reason: "a history of 150 kB exceeds the model's context",
      messages: [],
    })
  })
})

describe('a refusal whose cause is not known', () => {
  test('is none of a feature', async () => {
    const fault = refuseWhen(() => true, 'no')
    expect(await said('request/stream-options', fault)).toMatchObject({
      status: 'inconclusive',
      reason: 'no request with it was answered, nor one without it',
    })
  })

  test('is none of a history that became shorter', async () => {
    const fault = refuseWhen(() => true, 'no')
    expect(await said('isolation/revised-turn', fault)).toMatchObject({
      status: 'inconclusive',
      reason: 'the turn before was not answered',
    })
  })

  test('is none of a feature that was not sent again', async () => {
    let stumbles = 0
    const fault: Fault = {
      wrap: (handler) => async (request, call) =>
        stumbles++ === 0 ? textReply(502, 'text/plain', 'try again') : handler(request, call),
    }
    expect(await said('request/elevenlabs-fields', fault)).toMatchObject({ status: 'pass' })
  })
})

test('two features that are refused are both named', async () => {
  const fault = refuseWhen(
    (request) => 'stream_options' in request || REQUEST_FEATURES['content-null'].isIn(request),
    'no',
  )
  const report = await check({ url: await referenceServer({ fault }), only: ['request/*'] })
  expect(report.checks.filter(({ status }) => status === 'fail').map(({ id }) => id)).toEqual([
    'request/stream-options',
    'request/content-null',
  ])
})

/** Leaves a request without an answer while the same one is under way. */
const ignoresDuplicates: Fault = {
  wrap: (handler) => {
    const seen = new Set<string | null>()
    return async (request, call) => {
      if (seen.has(request.body)) await once(call.gone, 'abort')
      seen.add(request.body)
      return handler(request, call)
    }
  },
}

test.each([
  ['no response', ignoresDuplicates, 'got no response'],
  ['an empty reply', duplicatesGet(() => eventStreamReply([])), 'got an empty reply'],
])('of two identical requests, one gets %s', async (_, fault, fate) => {
  expect(await said('isolation/duplicate-request', fault)).toMatchObject({
    messages: [
      [
        `Of two identical requests at the same time, one got a whole reply; the other ${fate}.`,
        null,
      ],
    ],
  })
})

describe('of `"max_tokens": -1`', () => {
  const { isIn } = REQUEST_FEATURES['unlimited-tokens']

  test('that is refused by name: every turn would be', async () => {
    const fault = refuseWhen(isIn, 'max_tokens must be at least 1')
    expect(await said('request/max-tokens-unlimited', fault)).toMatchObject({
      status: 'fail',
      messages: expect.arrayContaining([
        [
          'A request with `"max_tokens": -1` was refused; the same request without it was accepted.',
          'status 400: max_tokens must be at least 1',
        ],
      ]),
    })
  })

  test('that cuts the reply', async () => {
    const fault = rewriteRequest((request) =>
      isIn(request) ? { ...request, max_tokens: 1 } : request,
    )
    expect(await said('request/max-tokens-unlimited', fault)).toMatchObject({
      status: 'fail',
      messages: [
        [expect.stringContaining('the reply is cut short'), expect.stringMatching(/"length"/)],
      ],
    })
  })

  test('is not to blame where every reply is cut', async () => {
    const fault = rewriteRequest((request) => ({ ...request, max_tokens: 1 }))
    expect(await said('request/max-tokens-unlimited', fault)).toMatchObject({ status: 'pass' })
  })
})

const EXPRESS_PAGE = textReply(
  413,
  'text/html; charset=utf-8',
  '<!DOCTYPE html>\n<html lang="en"><head><title>Error</title></head><body><pre>PayloadTooLargeError: request entity too large</pre></body></html>',
)

describe('a body that is too large', () => {
  test.each([
    ['Express', EXPRESS_PAGE, /express\.json/],
    [
      'nginx',
      { ...EXPRESS_PAGE, headers: [['server', 'nginx/1.26.1'] as const], frames: [] },
      /client_max_body_size/,
    ],
    [
      'aiohttp',
      textReply(
        413,
        'text/plain',
        'Maximum request body size 1048576 exceeded, actual body size 1056562',
      ),
      /client_max_size/,
    ],
    ['an unknown server', textReply(413, 'text/plain', 'no'), /of your framework/],
  ])('for %s is one finding, which names the setting', async (_, answer, fix) => {
    const fault = answerWhere(({ body }) => (body?.length ?? 0) > 100_000, answer)
    const report = await check({
      url: await referenceServer({ fault }),
      skip: ['latency', 'errors'],
    })
    const failed = report.checks.filter(({ status }) => status === 'fail')
    expect(failed.map(({ id }) => id)).toEqual(['request/large-body'])
    expect(failed[0]!.severity).toBe('error')
    expect(failed[0]!.findings[0]!.message).toMatch(/^A body of \d+ kB was refused as too large/)
    expect(failed[0]!.advice!.fix).toMatch(fix)
    expect(report.checks.filter(({ status }) => status === 'inconclusive')).toEqual([])
  })

  test('beside errors of another kind keeps its name', async () => {
    const fault = answerWhere(({ method }) => method === 'POST', textReply(500, 'text/plain', 'no'))
    const both: Fault = {
      wrap: (handler) => async (request, call) =>
        (request.body?.length ?? 0) > 100_000
          ? EXPRESS_PAGE
          : fault(await handler(request, call), request),
    }
    expect(await said('request/large-body', both)).toMatchObject({ status: 'fail' })
  })

  test('of 2 MB that breaks the connection is a warning', async () => {
    const fault = answerWhere(({ body }) => (body?.length ?? 0) > 1_000_000, noAnswer('reset'))
    const report = await check({
      url: await referenceServer({ fault }),
      only: ['request/large-body'],
    })
    expect(report.checks[0]).toMatchObject({
      severity: 'warning',
      findings: [
        { message: expect.stringContaining('A body of 1.9 MB broke the connection, twice') },
      ],
    })
  })

  test('of 2 MB is not to blame where nothing is accepted', async () => {
    expect(
      await said(
        'request/large-body',
        refuseWhen(() => true, 'no'),
      ),
    ).toMatchObject({
      status: 'inconclusive',
      reason: 'no request was accepted, however short',
    })
  })

  test('for the model, as it says, is no bad status', async () => {
    const fault = refuseWhen(REQUEST_FEATURES.large.isIn, 'exceeds the available context size', 500)
    expect(await said('transport/status-ok', fault)).toMatchObject({ status: 'pass' })
  })
})

const CRASHES = {
  'a page with status 500': textReply(
    500,
    'text/html',
    '<!DOCTYPE html><html><pre>TypeError</pre></html>',
  ),
  'a closed connection': noAnswer('reset'),
}

test.each(Object.entries(CRASHES))('a feature is found by %s, too', async (_, answer) => {
  const fault = answerWhere(
    ({ body }) => body?.includes('"type":["string","null"]') ?? false,
    answer,
  )
  const report = await check({ url: await referenceServer({ fault }), skip: ['latency', 'errors'] })
  const failed = report.checks.filter(({ status }) => status === 'fail')
  expect(failed.map(({ id, findings }) => [id, findings[0]!.message])).toEqual([
    [
      'request/system-tools',
      'A request with `"type": ["string", "null"]` in the parameters of find_blend was refused; the same request without it was accepted.',
    ],
  ])
  expect(report.checks.find(({ id }) => id === 'tools/arguments-json')).toMatchObject({
    status: 'pass',
  })
})

test.each(['end_call', 'transfer_to_agent', 'find_blend'])(
  'the tool %s is found among others',
  async (name) => {
    const fault = refuseWhen(
      ({ tools }) => JSON.stringify(tools ?? null).includes(`"name":"${name}"`),
      'Invalid tool',
    )
    const report = await check({
      url: await referenceServer({ fault }),
      only: ['request/system-tools', 'tools/finish-reason'],
      quick: true,
    })
    const [tools, calls] = report.checks.toSorted((a, b) => a.id.localeCompare(b.id))
    expect(tools!.findings.map(({ message }) => message)).toEqual([
      `A request with the tool ${name} was refused; the same request without it was accepted.`,
    ])
    expect(calls).toMatchObject({ status: 'pass' })
  },
)

test.each([
  ['`max_tokens`', 'max_tokens'],
  ['`temperature`', 'temperature'],
])('%s is found where nothing else is refused', async (name, member) => {
  const fault = refuseWhen(
    (request) => request[member] !== undefined,
    `Unsupported parameter: ${member}`,
  )
  const report = await check({
    url: await referenceServer({ fault }),
    only: ['request/*'],
    skip: ['request/max-tokens-unlimited'],
  })
  const failed = report.checks.filter(({ status }) => status === 'fail')
  expect(failed.map(({ id }) => id)).toEqual(['request/plain-fields'])
  expect(failed[0]!.findings[0]!.message).toContain(name)
})

test('an endpoint that refuses everything is asked for the plainest turn, and no more', async () => {
  const fault = refuseWhen(() => true, 'no')
  const { requests } = await check({
    url: await referenceServer({ fault }),
    only: ['request/stream-options'],
    quick: true,
  })
  expect(requests).toBeLessThan(10)
})
