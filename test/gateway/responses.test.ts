import OpenAI from 'openai'
import { describe, expect, onTestFinished, test } from 'vitest'
import { UNHURRIED } from '../../scripts/unhurried.ts'
import { check } from '../../src/conformance/index.ts'
import { startGateway } from '../../src/gateway/serving/start-gateway.ts'
import { customLlm } from '../../src/gateway/custom-llm.ts'
import type { ModelChoice } from '../../src/gateway/upstream/model-choice.ts'
import type { GatewayOptions } from '../../src/gateway/gateway-options.ts'
import { UpstreamError } from '../../src/gateway/upstream/upstream-error.ts'
import { type ApiType, API_TYPES, isJsonObject, readResponses } from '../../src/protocol/index.ts'
import { decodeSse } from '../../src/wire/index.ts'
import { startServer } from '../../src/server/index.ts'
import { scriptedUpstream } from '../support/scripted-upstream.ts'

async function gatewayTo(choice: ModelChoice, options: Partial<GatewayOptions> = {}) {
  const gateway = await startGateway({ models: { voice: [choice] }, ...options })
  onTestFinished(() => gateway.close({ drainMs: 0 }))
  return gateway
}

async function failedChecks(url: string, apiType: ApiType) {
  const { checks } = await check({ url, apiType, limits: UNHURRIED })
  return checks
    .filter(({ status }) => status !== 'pass' && status !== 'skip')
    .map(({ id, findings }) => [id, findings.map(({ message }) => message)])
}

describe.each(API_TYPES)('in front of a server that speaks %s', (upstream) => {
  test('what is asked in the Responses API keeps its contract', async () => {
    await using server = await startServer()
    const { url } = await gatewayTo({ url: server.url, apiType: upstream })
    expect(await failedChecks(url, 'responses')).toEqual([])
  })
})

test('a server that speaks Responses answers chat completions, but for what that API has not', async () => {
  await using server = await startServer()
  const { url } = await gatewayTo({ url: `${server.url}/responses` })
  const failed = await failedChecks(url, 'chat_completions')
  expect(failed.map(([id]) => id)).toEqual(['behaviour/stop-sequence'])
})

/** What a stream of the gateway says. */
async function saidBy(url: string, body: object) {
  const response = await fetch(`${url}/responses`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'voice', stream: true, input: 'Hi.', ...body }),
  })
  const bytes = new Uint8Array(await response.arrayBuffer())
  const { events } = decodeSse([{ atMs: 0, bytes }])
  return { status: response.status, events, reading: readResponses(events) }
}

test('buffer words and content are one message, and a cut answer is incomplete', async () => {
  const cut = { choices: [{ index: 0, delta: {}, finish_reason: 'length' }] }
  const { url } = await gatewayTo(scriptedUpstream([60, 'We are', ' open', cut]), {
    bufferWords: { afterMs: 10, words: ['Hm... '] },
  })
  const { reading } = await saidBy(url, {})
  expect(reading.choices).toMatchObject([{ text: 'Hm... We are open', finishReason: 'length' }])
  expect(reading.items).toHaveLength(1)
  const [terminal] = reading.terminals
  expect(terminal).toMatchObject({
    type: 'response.incomplete',
    response: {
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' },
      output: [{ type: 'message', status: 'incomplete' }],
    },
  })
  expect(reading.copies?.map(({ value }) => value)).toEqual(
    Array.from({ length: 4 }, () => 'Hm... We are open'),
  )
})

test('what breaks after it was begun ends as failed, without a word of why', async () => {
  const broken = new UpstreamError('failed', 'sk-canary at http://10.0.0.7 broke', { status: 500 })
  const { url } = await gatewayTo(scriptedUpstream(['We are', broken]))
  const { events, reading } = await saidBy(url, {})
  const types = events.slice(-2).map(({ name }) => name)
  expect(types).toEqual(['error', 'response.failed'])
  expect(reading.terminals).toMatchObject([{ response: { status: 'failed', error: {} } }])
  expect(events.map(({ data }) => data).join()).not.toMatch(/canary|10\.0\.0\.7/)
})

test('what breaks before is an error, as anywhere', async () => {
  const { url } = await gatewayTo(scriptedUpstream([new UpstreamError('failed', 'broken')]))
  expect((await saidBy(url, {})).status).toBe(502)
})

test('a response of before is not remembered, and that is said', async () => {
  const { url } = await gatewayTo(scriptedUpstream(['Hi.']))
  const client = new OpenAI({ baseURL: url, apiKey: 'none', maxRetries: 0 })
  const asked = client.responses.create({
    model: 'voice',
    input: 'And?',
    previous_response_id: 'resp_1',
  })
  await expect(asked).rejects.toMatchObject({ status: 400, code: 'previous_response_not_found' })
})

test('the official client follows a stream, and gets a whole response', async () => {
  const call = {
    choices: [
      {
        index: 0,
        delta: {
          tool_calls: [
            {
              index: 0,
              id: 'call_1',
              type: 'function',
              function: { name: 'end_call', arguments: '{"reason":"bye"}' },
            },
          ],
        },
        finish_reason: 'tool_calls',
      },
    ],
  }
  const { url } = await gatewayTo(scriptedUpstream(['Good', 'bye.', call]))
  const client = new OpenAI({ baseURL: url, apiKey: 'none', maxRetries: 0 })
  const tool = { type: 'function', name: 'end_call', parameters: {}, strict: false } as const
  const asked = { model: 'voice', input: 'Bye.', tools: [tool] }
  const streamed = await client.responses.stream(asked).finalResponse()
  const whole = await client.responses.create(asked)
  for (const response of [streamed, whole]) {
    expect(response.output_text).toBe('Goodbye.')
    expect(response.output).toMatchObject([
      { type: 'message', status: 'completed' },
      { type: 'function_call', call_id: 'call_1', arguments: '{"reason":"bye"}' },
    ])
    expect(response.status).toBe('completed')
  }
})

test('what only this API has does not reach a model behind it', async () => {
  const upstream = scriptedUpstream(['Hi.'])
  const { url } = await gatewayTo(upstream)
  await saidBy(url, { truncation: 'auto', include: ['reasoning.encrypted_content'], store: false })
  expect(Object.keys(upstream.asked[0]!)).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/truncation|include|input/)]),
  )
})

test('a handler answers by the path of its request', async () => {
  const handle = customLlm({ model: scriptedUpstream(['Hi.']) })
  const objects = await Promise.all(
    ['/v1/chat/completions', '/v1/responses'].map(async (path) => {
      const body = JSON.stringify({
        model: 'any',
        input: 'Hi.',
        ...(path.endsWith('completions') && { messages: [{ role: 'user', content: 'Hi.' }] }),
      })
      const json: unknown = await (
        await handle(new Request(`http://any${path}`, { method: 'POST', body }))
      ).json()
      return isJsonObject(json) ? json['object'] : undefined
    }),
  )
  expect(objects).toEqual(['chat.completion', 'response'])
})
