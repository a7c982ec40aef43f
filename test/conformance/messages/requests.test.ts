import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import { check } from '../../../src/conformance/index.ts'
import { duplicatesGet, refuseWhen } from '../../../src/conformance/faults/index.ts'
import { REQUEST_FEATURES } from '../../../src/conformance/features/request-features.ts'
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

  test('of an unlimited reply', async () => {
    const { isIn } = REQUEST_FEATURES['unlimited-tokens']
    const fault = refuseWhen(isIn, 'max_tokens must be at least 1')
    expect(await said('request/max-tokens-unlimited', fault)).toMatchObject({
      status: 'skip',
      reason: 'the endpoint says that it does not support it: set a limit in the platform',
    })
  })
})

describe('a refusal whose cause is not known', () => {
  test('is none of a feature', async () => {
    const fault = refuseWhen(() => true, 'no')
    expect(await said('request/stream-options', fault)).toMatchObject({
      status: 'inconclusive',
      reason: 'no request with `stream_options` was answered, nor one without',
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
      wrap: (handler) => async (request, gone) =>
        stumbles++ === 0 ? textReply(502, 'text/plain', 'try again') : handler(request, gone),
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
    return async (request, gone) => {
      if (seen.has(request.body)) await once(gone, 'abort')
      seen.add(request.body)
      return handler(request, gone)
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
