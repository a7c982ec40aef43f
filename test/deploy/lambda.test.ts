import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse, type ScalarTag } from 'yaml'
import { check } from '../../src/conformance/index.ts'
import { startServer } from '../../src/server/index.ts'
import {
  awslambda,
  functionUrl,
  functionUrlEvent,
  invoke,
  type StreamingHandler,
} from '../support/function-url.ts'
import { importDeployed } from '../support/import-deployed.ts'
import { failuresOf } from '../support/failures-of.ts'
import { CALLER_KEY, saidIn } from '../support/voice-turn.ts'

const PATH = '/v1/chat/completions'
const slow = await startServer({ warm: true, pacing: { ttft: 1_200, gap: 30 } })
let handler: StreamingHandler

beforeAll(async () => {
  Object.assign(globalThis, { awslambda })
  const deployed = await importDeployed('lambda/handler.js', slow.url)
  handler = (deployed as { handler: StreamingHandler }).handler
})
afterAll(async () => {
  Reflect.deleteProperty(globalThis, 'awslambda')
  await slow.close()
})

const body = JSON.stringify({
  model: 'any',
  stream: true,
  messages: [{ role: 'user', content: 'Say something long.' }],
})
const headers = { 'content-type': 'application/json', authorization: `Bearer ${CALLER_KEY}` }

describe('the handler', () => {
  // A machine that stalls for a second has the rest come at once, and rightly so: once more, then.
  test('streams each piece as it comes', { retry: 2 }, async () => {
    const event = functionUrlEvent('POST', PATH, headers, body)
    const { metadata, stream, done } = await invoke(handler, event)
    expect(metadata.statusCode).toBe(200)
    expect(metadata.headers['content-type']).toContain('text/event-stream')
    const at: number[] = []
    let events = ''
    for await (const bytes of stream) {
      at.push(performance.now())
      events += String(bytes)
    }
    await done
    expect(events.endsWith('data: [DONE]\n\n'), events).toBe(true)
    expect(saidIn(events)).toMatch(/^[^.]+\.\.\. ./)
    expect(at.length).toBeGreaterThan(5)
    expect(at.at(-1)! - at[1]!).toBeGreaterThan(100)
  })

  test('reads a body that comes as base64', async () => {
    const event = {
      ...functionUrlEvent('POST', PATH, headers, Buffer.from(body).toString('base64')),
      isBase64Encoded: true,
    }
    const { metadata, stream } = await invoke(handler, event)
    stream.resume()
    expect(metadata.statusCode).toBe(200)
  })

  test('lets nobody in without its key', async () => {
    const other = { ...headers, authorization: 'Bearer sk-other' }
    const event = functionUrlEvent('POST', PATH, other, body)
    const { metadata, stream } = await invoke(handler, event)
    stream.resume()
    expect(metadata.statusCode).toBe(401)
  })

  test('is a correct custom LLM', async () => {
    await using model = await startServer({ warm: true })
    const deployed = await importDeployed('lambda/handler.js', model.url)
    const url = `${await functionUrl((deployed as { handler: StreamingHandler }).handler)}/v1`
    const report = await check({ url, apiKey: CALLER_KEY, skip: ['latency'] })
    expect(failuresOf(report)).toEqual([])
    expect(report.verdict).toBe('pass')
  })
})

describe('the template', () => {
  const intrinsic = (tag: string): ScalarTag => ({
    tag,
    resolve: (value) => ({ [tag.slice(1)]: value }),
  })
  const text = readFileSync(new URL('../../deploy/lambda/template.yaml', import.meta.url), 'utf8')
  const template = parse(text, { customTags: [intrinsic('!Ref'), intrinsic('!GetAtt')] })
  const { Properties: gateway } = template.Resources.Gateway

  test('streams, and lets the gateway ask for the key', () => {
    expect(template.Transform).toBe('AWS::Serverless-2016-10-31')
    expect(gateway.FunctionUrlConfig).toEqual({ AuthType: 'NONE', InvokeMode: 'RESPONSE_STREAM' })
    expect(gateway.Handler).toBe('handler.handler')
  })

  test('outlasts the longest answer, and hides its secrets', () => {
    expect(gateway.Timeout).toBeGreaterThan(60)
    for (const value of Object.values(gateway.Environment.Variables)) {
      const { Ref } = value as { readonly Ref: string }
      expect(template.Parameters[Ref]).toMatchObject({ Type: 'String', NoEcho: true })
    }
  })
})
