import { text } from 'node:stream/consumers'
import { describe, expect, onTestFinished, test } from 'vitest'
import {
  type BenchOptions,
  benchmark,
  benchReportSchema,
  conversationRequests,
  merge,
  versus,
} from '../../src/bench/index.ts'
import { answerId } from '../../src/bench/lane/answer-id.ts'
import { firstBreach } from '../../src/conformance/index.ts'
import { compileSchema, type JsonObject } from '../../src/protocol/index.ts'
import { startServer } from '../../src/server/index.ts'
import { bytes } from '../support/bytes.ts'
import { rawServer } from '../support/raw-server.ts'
import { event } from '../support/exchanges.ts'

const CALL = [
  { role: 'system', content: 'You are Ava.' },
  { role: 'user', content: 'My name is Zoe.' },
  { role: 'assistant', content: 'Hello.' },
  { role: 'user', content: 'What is my name?' },
  { role: 'assistant', content: 'Zoe.' },
  { role: 'user', content: 'Goodbye.' },
]
const CHAINED = conversationRequests([CALL], { chain: true })

const SHORT = {
  apiType: 'responses',
  calibrate: false,
  extent: { warmupMs: 0, durationMs: 20_000, requests: 4 },
  requests: CHAINED,
  judge: firstBreach,
  explain: firstBreach,
} satisfies Partial<BenchOptions>

/** What was asked in the run itself, without the request that sees what answers. */
interface Asked extends JsonObject {
  input: { content: string }[]
}

/** A server that says only how an answer ends, and with this id. */
async function ending(ends: (asked: Asked, count: number) => object) {
  const bodies: Asked[] = []
  const url = await rawServer(async (request, response) => {
    const asked = JSON.parse(await text(request)) as Asked
    bodies.push(asked)
    const said = { item_id: 'm', output_index: 0, content_index: 0, delta: 'Well. ' }
    const last = ends(asked, bodies.length - 1)
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.end(event({ type: 'response.output_text.delta', ...said }) + event(last))
  })
  return { url, bodies }
}

test('each turn sends what is new, and the id of the answer before', async () => {
  const server = await startServer()
  onTestFinished(() => server.close())
  const report = await benchmark({ ...SHORT, url: server.url })
  expect(report.requests).toMatchObject({ attempted: 12, ok: 12, chained: 8 })
  expect(compileSchema(benchReportSchema)(JSON.parse(JSON.stringify(report)))).toEqual([])
  const asked = server.journal.entries().map(({ body }) => JSON.parse(body!) as Asked)
  expect(
    asked
      .slice(1, 4)
      .map(({ input, instructions }) => [instructions, input.map((each) => each.content)]),
  ).toEqual([
    ['You are Ava.', ['My name is Zoe.']],
    ['You are Ava.', ['What is my name?']],
    ['You are Ava.', ['Goodbye.']],
  ])
  const ids = asked.slice(1).map((each) => each['previous_response_id'])
  expect(ids.map((id) => typeof id)).toEqual(
    Array.from({ length: 4 }, () => ['undefined', 'string', 'string']).flat(),
  )
  expect(new Set(ids).size).toBeGreaterThan(2)
})

test('an endpoint that keeps nothing refuses the id: that is counted, and told', async () => {
  const server = await startServer({
    fault: {
      wrap: (handler) => (request, call) =>
        handler({ ...request, body: request.body!.replace('{', '{"store":false,') }, call),
    },
  })
  onTestFinished(() => server.close())
  const report = await benchmark({ ...SHORT, url: server.url })
  // After the refusal all is sent, as if the call began there.
  expect(report.requests).toMatchObject({ attempted: 12, ok: 8, chained: 4 })
  expect(report.requests.failed).toMatchObject({ status: 4 })
  const [failure] = report.failures!
  expect(failure).toMatchObject({ name: 'status 400', count: 4 })
  expect(failure!.seen).toMatch(/^status 400: Previous response with id '\w+' not found/)
})

test.each([
  ['failed', { type: 'response.failed', response: { id: 'r', status: 'failed' } }],
  ['has no id', { type: 'response.completed', response: { status: 'completed' } }],
])('after an answer that %s, all is sent', async (_, last) => {
  const { url, bodies } = await ending(() => last)
  const report = await benchmark({ ...SHORT, url, judge: () => null })
  expect(report.requests.chained).toBe(0)
  expect(bodies.slice(1, 4).map(({ input }) => input.length)).toEqual([1, 3, 5])
})

test('an answer that a caller interrupts is not gone on from', async () => {
  const bodies: Asked[] = []
  const url = await rawServer(async (request, response) => {
    bodies.push(JSON.parse(await text(request)) as Asked)
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    const created = { type: 'response.created', response: { id: 'r', status: 'in_progress' } }
    if (bodies.length > 1) return void response.write(event(created))
    response.end(event({ type: 'response.completed', response: { id: 'r' } }))
  })
  const requests = conversationRequests([CALL], { chain: true, interruption: 1 })
  const report = await benchmark({ ...SHORT, url, requests, extent: { warmupMs: 0, requests: 1 } })
  expect(report.requests).toMatchObject({ cancelled: 3, chained: 0 })
  expect(bodies.slice(1).map(({ input }) => input.length)).toEqual([1, 3, 5])
})

test('parts of a run add up what went on; without a chain, nothing is said of it', async () => {
  const server = await startServer()
  onTestFinished(() => server.close())
  const chained = await benchmark({ ...SHORT, url: server.url })
  const again = await benchmark({ ...SHORT, url: server.url })
  expect(merge([chained, again]).requests.chained).toBe(16)
  const whole = await benchmark({
    ...SHORT,
    url: server.url,
    requests: conversationRequests([CALL]),
  })
  expect(whole.requests).not.toHaveProperty('chained')
  expect(() => merge([chained, whole])).toThrow('not of one run')
})

test('chat completions have no such id: nothing is sent', async () => {
  let asked = 0
  const url = await rawServer((_, response) => {
    asked++
    response.writeHead(500).end()
  })
  const refusal = 'only the Responses API lets turns go on from the answer before'
  const inChat = { ...SHORT, url, apiType: 'chat_completions' } as const
  await expect(benchmark(inChat)).rejects.toThrow(refusal)
  await expect(versus({ ...SHORT, url }, inChat)).rejects.toThrow(refusal)
  expect(asked).toBe(0)
})

describe('the id of an answer', () => {
  const completed = (id: unknown) => event({ type: 'response.completed', response: { id } })

  test.each([
    ['at its end', `${event({ type: 'x', response: { id: 'a' } })}${completed('b')}`, 'b'],
    ['before a sentinel and a comment', `${completed('a')}${event('[DONE]')}: data: bye\n\n`, 'a'],
    ['with the line ends of Windows', completed('a').replaceAll('\n', '\r\n'), 'a'],
    [
      'of one that was too long',
      event({ type: 'response.incomplete', response: { id: 'a' } }),
      'a',
    ],
    ['of one that failed', event({ type: 'response.failed', response: { id: 'a' } }), undefined],
    [
      'of one that broke off',
      event({ type: 'response.created', response: { id: 'a' } }),
      undefined,
    ],
    ['that is none', completed(7), undefined],
    ['of a refusal', '{"error":{"message":"data: no"}}', undefined],
    ['of nothing', '', undefined],
    ['of null', event('null'), undefined],
  ])('%s', (_, body, id) => {
    expect(answerId(bytes(body))).toBe(id)
  })
})
