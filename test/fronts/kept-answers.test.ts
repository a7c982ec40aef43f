import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../src/protocol/index.ts'
import { matchers, type Scenario } from '../../src/mocks/index.ts'
import { EACH_FRONT, type Front } from '../support/fronts.ts'

type Body = Record<string, unknown>

const TOOL = { type: 'function', name: 'get_weather', parameters: { type: 'object' } }
const SCENARIOS: Scenario[] = [
  {
    when: { user: 'weather', toolResult: false },
    then: { calls: [{ name: 'get_weather', arguments: { city: 'Bern' } }] },
  },
  { when: { toolResult: { name: 'get_weather' } }, then: 'It is {{toolResult.sky}}.' },
  { when: { system: 'pirate' }, then: 'Arr.' },
  { when: { message: 'My name is Ada', user: 'name' }, then: 'It is Ada.' },
  { when: { user: 'break' }, then: { text: 'One two', error: { afterTokens: 1 } } },
]

async function send(
  { baseURL, fetch }: Front,
  method: string,
  path: string,
  body?: Body,
  headers: Record<string, string> = {},
) {
  const response = await fetch(`${baseURL}${path}`, {
    method,
    headers: { ...(body && { 'content-type': 'application/json' }), ...headers },
    ...(body && { body: JSON.stringify({ model: 'm', ...body }) }),
  })
  return { status: response.status, json: (await response.json()) as Body & { id: string } }
}

const asking = (front: Front, body: Body, headers?: Record<string, string>) =>
  send(front, 'POST', '/responses', body, headers)

function textOf({ json }: Awaited<ReturnType<typeof send>>): unknown {
  const [item] = json['output'] as { content: { text: string }[] }[]
  return item?.content[0]?.text
}

describe.each(EACH_FRONT)('answers that are kept, on %s', (_, start) => {
  test('are gone on from, again and again, without their instructions', async () => {
    const front = await start({ scenarios: SCENARIOS })
    const first = await asking(front, {
      input: 'Hello. My name is Ada.',
      instructions: 'Be a pirate.',
    })
    expect(textOf(first)).toBe('Arr.')
    expect(first.json['instructions']).toBe('Be a pirate.')
    const next = { input: 'What is my name?', previous_response_id: first.json.id }
    const forks = await Promise.all([asking(front, next), asking(front, next)])
    expect(forks.map(textOf)).toEqual(['It is Ada.', 'It is Ada.'])
    expect(forks[0].json['previous_response_id']).toBe(first.json.id)
    const third = await asking(front, {
      input: [{ role: 'user', content: 'Say my name again.' }],
      previous_response_id: forks[0].json.id,
    })
    expect(textOf(third)).toBe('It is Ada.')
  })

  test('know the calls that results belong to', async () => {
    const front = await start({ scenarios: SCENARIOS, strict: true })
    const first = await asking(front, { input: 'The weather?', tools: [TOOL] })
    const [call] = first.json['output'] as { call_id: string; id: string }[]
    const input = [
      { type: 'function_call_output', call_id: call!.call_id, output: '{"sky":"clear"}' },
    ]
    const second = await asking(front, { input, previous_response_id: first.json.id })
    expect(textOf(second)).toBe('It is clear.')
    const referring = await asking(front, {
      input: [
        { role: 'user', content: 'The weather?' },
        { type: 'item_reference', id: call!.id },
        ...input,
      ],
    })
    expect(textOf(referring)).toBe('It is clear.')
    expect(matchers.toHaveReceivedToolResult(front, { name: 'get_weather' }).pass).toBe(true)
    expect(matchers.toHaveReceivedTurn(front, 'The weather?').pass).toBe(true)
    const [, chained] = JSON.parse(JSON.stringify(front.journal.entries())) as JsonObject[]
    expect(JSON.stringify(chained)).not.toContain('The weather?')
  })

  test('are told, listed and deleted', async () => {
    const front = await start({ scenarios: SCENARIOS })
    const { json: first } = await asking(front, { input: 'Hello.' })
    const path = `/responses/${first.id}`
    expect(await send(front, 'GET', path)).toEqual({ status: 200, json: first })
    const { json: items } = await send(front, 'GET', `${path}/input_items`)
    expect(items).toMatchObject({
      object: 'list',
      data: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hello.' }] }],
      has_more: false,
    })
    expect((await send(front, 'POST', `${path}/cancel`)).status).toBe(400)
    expect((await send(front, 'PUT', path, {})).status).toBe(405)
    expect((await send(front, 'GET', `${path}/nothing`)).status).toBe(404)
    expect((await send(front, 'DELETE', path)).json).toEqual({
      id: first.id,
      object: 'response',
      deleted: true,
    })
    for (const method of ['GET', 'DELETE']) {
      const { status, json } = await send(front, method, path)
      expect(status).toBe(404)
      expect(json['error']).toMatchObject({ message: `Response with id '${first.id}' not found.` })
    }
    const next = { input: 'And?', previous_response_id: first.id }
    expect((await asking(front, next)).json['error']).toMatchObject({
      code: 'previous_response_not_found',
    })
  })

  test('may be asked for however often the same was asked', async () => {
    // Without templates, answers that come again are remembered.
    const front = await start({ scenarios: [{ then: 'Hello.' }] })
    const begin = () => asking(front, { input: 'Hi.' })
    const { json: first } = await begin()
    const goOn = () => asking(front, { input: 'And?', previous_response_id: first.id })
    for (let round = 0; round < 3; round++) {
      await send(front, 'DELETE', `/responses/${first.id}`)
      expect((await goOn()).status).toBe(400)
      await begin()
      expect((await goOn()).status).toBe(200)
    }
  })

  test('are streamed again, from any event on', async () => {
    const front = await start({ scenarios: SCENARIOS })
    const response = await front.fetch(`${front.baseURL}/responses`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'm', input: 'Hello.', stream: true }),
    })
    const stream = await response.text()
    const [, id] = /"id":"(resp_\w+)"/.exec(stream)!
    const again = `${front.baseURL}/responses/${id}?stream=true`
    expect(await (await front.fetch(again)).text()).toBe(stream)
    const rest = await (await front.fetch(`${again}&starting_after=4`)).text()
    expect(rest).toBe(stream.slice(stream.indexOf(rest)))
    expect(rest.split('\n')[1]).toContain('"sequence_number":5')
  })

  test.each([
    ['', 'stream=yes', "'stream': 'yes'. Expected 'true' or 'false'"],
    ['', 'stream=true&starting_after=x', "'starting_after': 'x'. Expected a whole number"],
    ['/input_items', 'limit=0', "'limit': '0'. Expected a whole number from 1 to 100"],
    ['/input_items', 'order=up', "'order': 'up'. Expected 'asc' or 'desc'"],
  ])('are not told to who asks at %s?%s', async (part, query, message) => {
    const front = await start({ scenarios: SCENARIOS })
    const { json: first } = await asking(front, { input: 'Hello.' })
    const refused = await send(front, 'GET', `/responses/${first.id}${part}?${query}`)
    expect(refused).toMatchObject({
      status: 400,
      json: { error: { message: new RegExp(message) } },
    })
  })

  test('are those of their scope, until it is reset, and that nobody forbade to keep', async () => {
    const front = await start({ scenarios: SCENARIOS })
    const mine = { 'x-soundcheck-scope': 'mine' }
    const { json: first } = await asking(front, { input: 'Hello.' }, mine)
    const path = `/responses/${first.id}`
    expect((await send(front, 'GET', path)).status).toBe(404)
    expect((await send(front, 'GET', path, undefined, mine)).status).toBe(200)
    front.reset('other')
    expect((await send(front, 'GET', path, undefined, mine)).status).toBe(200)
    front.reset('mine')
    expect((await send(front, 'GET', path, undefined, mine)).status).toBe(404)
    const { json: unkept } = await asking(front, { input: 'Hi.', store: false })
    expect(unkept['store']).toBe(false)
    expect((await send(front, 'GET', `/responses/${unkept.id}`)).status).toBe(404)
    const reference = { type: 'item_reference', id: 'msg_nowhere' }
    const refused = await asking(front, { input: [reference, { role: 'user', content: 'x' }] })
    expect(refused.status).toBe(404)
    expect(refused.json['error']).toMatchObject({ message: /'msg_nowhere' not found/ })
  })

  test('are broken by what breaks others', async () => {
    const scenarios: Scenario[] = [
      { when: { turn: 1 }, then: { text: 'Again.', fault: 'network/byte-per-packet' } },
    ]
    const front = await start({ scenarios, faultHeader: true })
    const { json: first } = await asking(front, { input: 'Hello.' })
    const next = await asking(front, { input: 'And?', previous_response_id: first.id })
    expect(textOf(next)).toBe('Again.')
    const asked = { 'x-soundcheck-fault': 'no/fault' }
    const told = await send(front, 'GET', `/responses/${first.id}`, undefined, asked)
    expect(told.status).toBe(400)
  })

  test('have failed where they were broken off', async () => {
    const front = await start({ scenarios: SCENARIOS })
    const { status, json } = await asking(front, { input: 'break' })
    expect(status).toBe(200)
    expect(json).toMatchObject({ status: 'failed', error: { code: 'server_error' }, output: [] })
    expect((await send(front, 'GET', `/responses/${json.id}`)).json).toEqual(json)
  })
})
