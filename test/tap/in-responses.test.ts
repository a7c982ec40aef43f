import OpenAI from 'openai'
import { expect, onTestFinished, test } from 'vitest'
import { ExchangeComparer, findFault, findingsIn, lint } from '../../src/conformance/index.ts'
import { responses } from '../../src/protocol/index.ts'
import { type ServerOptions, startServer } from '../../src/server/index.ts'
import { type ConversationTurn, startTap } from '../../src/tap/index.ts'
import type { Exchange } from '../../src/wire/index.ts'

/** A client behind a tap before the reference server, and what the tap saw. */
async function tapped(options: ServerOptions = {}, path = '') {
  const server = await startServer({ responses: { done: true }, ...options })
  const turns = new Map<string, ConversationTurn>()
  const exchanges: Exchange[] = []
  const found: string[] = []
  const tap = await startTap({
    upstream: `${server.url}${path}`,
    judge: async (exchange) =>
      findingsIn(lint([{ file: 'tap', exchange }], { skip: ['latency'] })).map(
        ({ check }) => check,
      ),
    onFinding: (check) => void found.push(check),
    onExchange({ exchange, turns: news }) {
      exchanges.push(exchange)
      for (const turn of news) turns.set(turn.exchange, turn)
    },
  })
  const close = async () => {
    await tap.close()
    await server.close()
  }
  onTestFinished(close)
  const client = new OpenAI({ baseURL: tap.url, apiKey: 'none', maxRetries: 0 })
  return { tap, client, turns, exchanges, found, close }
}

const named = (turns: ReadonlyMap<string, ConversationTurn>) =>
  [...turns.values()].map(({ conversation, number, name }) => [conversation, number, name])

test('turns that go on from a response are one conversation, though none tells what was said', async () => {
  const { client, turns, close } = await tapped()
  const ask = (input: string, previous_response_id?: string) =>
    client.responses.create({
      model: 'm',
      input,
      ...(previous_response_id !== undefined && { previous_response_id }),
    })
  const first = await ask('What time do you open?')
  const other = await ask('Where is my order?')
  const second = await ask('Yes.', first.id)
  await ask('And on', second.id)
  const third = await ask('And on Sunday?', second.id)
  await ask('Yes please.', third.id)
  await ask('Thanks.', other.id)
  await close()
  expect(named(turns)).toEqual([
    ['call-1', 1, 'turn'],
    ['call-2', 1, 'turn'],
    ['call-1', 2, 'turn'],
    ['call-1', 3, 'speculative'],
    ['call-1', 3, 'turn'],
    ['call-1', 4, 'turn'],
    ['call-2', 2, 'turn'],
  ])
  for (const { firstSentenceMs } of turns.values()) expect(firstSentenceMs).not.toBeNull()
})

test('both APIs in one call: each answer is heard, and judged as what it is', async () => {
  const { client, turns, found, close } = await tapped({ fault: findFault('sse/done-missing') })
  const extra = { elevenlabs_extra_body: { conversation_id: 'conv_1' } }
  const asked = [{ role: 'user', content: 'What time do you open?' }] as const
  const { data } = await client.chat.completions
    .create({ model: 'm', messages: [...asked], stream: true, ...extra })
    .withResponse()
  for await (const _ of data);
  const stream = await client.responses.create({
    model: 'm',
    input: [...asked, { role: 'user', content: 'And on Sunday?' }],
    stream: true,
    ...extra,
  })
  for await (const _ of stream);
  await close()
  expect(named(turns)).toEqual([
    ['conv_1', 1, 'turn'],
    ['conv_1', 2, 'turn'],
  ])
  for (const { firstContentMs } of turns.values()) expect(firstContentMs).not.toBeNull()
  expect(found).toEqual(['sse/done', 'sse/done'])
})

test('a conversation is named as this API names it', async () => {
  const { client, turns, close } = await tapped()
  for (const conversation of [{ id: 'conv_2' }, 'conv_2']) {
    const asked = client.responses.create({ model: 'm', input: 'Hi.', conversation })
    await expect(asked).rejects.toMatchObject({ status: 404 })
  }
  await close()
  expect(named(turns).map(([conversation]) => conversation)).toEqual(['conv_2', 'conv_2'])
})

test('the server URL may be that of the API itself', async () => {
  const { tap, client, exchanges, close } = await tapped({}, responses.path)
  expect(new URL(tap.url).pathname).toBe('/v1')
  await client.responses.create({ model: 'm', input: 'Hi.' })
  await close()
  expect(exchanges.map(({ response }) => response?.status)).toEqual([200])
})

test('answers of this API are held against each other, and against no others', async () => {
  const { client, exchanges, close } = await tapped({
    scenarios: [{ name: 'constant', when: {}, then: { text: 'Yes.' } }],
  })
  for (const input of ['Are you open?', 'Until nine?', 'On Sunday, too?']) {
    const stream = await client.responses.create({ model: 'm', input, stream: true })
    for await (const _ of stream);
  }
  await close()
  const comparer = new ExchangeComparer()
  const found = (some: readonly Exchange[]) => comparer.compare(some).map(({ check }) => check)
  expect(found(exchanges)).toEqual(['behaviour/constant-reply'])
  const inChat = exchanges.slice(0, 2).map((each) => ({
    ...each,
    request: { ...each.request, url: 'http://localhost/v1/chat/completions' },
  }))
  expect(found([...inChat, exchanges[2]!])).toEqual([])
})
