import { expect, test } from 'vitest'
import { benchmark, conversationRequests, type Message } from '../../../src/bench/index.ts'
import { Conversations, type ConversationTurn, type TurnName } from '../../../src/tap/index.ts'
import type { Exchange, Fault, Frame } from '../../../src/wire/index.ts'
import { recordingProxy } from '../../support/recording-proxy.ts'
import { referenceServer } from '../../support/reference-server.ts'

const CALLERS = [
  'Ada',
  'Ben',
  'Cleo',
  'Dora',
  'Emil',
  'Fay',
  'Gus',
  'Hana',
  'Ivo',
  'Jade',
  'Kim',
  'Leo',
]

/** What callers say, each something of their own from the first words on. */
const CALLS = CALLERS.map((caller): Message[] => [
  { role: 'system', content: 'You are Ava, and answer in two or three sentences.' },
  { role: 'user', content: `${caller} speaking, what time do you open on Saturday?` },
  { role: 'assistant', content: `Good morning, ${caller}. At nine.` },
  { role: 'user', content: 'Tell me everything that there is to know about your coffee, please.' },
  { role: 'assistant', content: 'That is a long story, and this is the beginning of it.' },
  { role: 'user', content: 'Then I will call again some day next week. Goodbye.' },
])

interface Truth {
  readonly name: TurnName
  readonly number: number
}

/** What the scripts do, by the body of each request. */
function truthOf({ bodies, scripts }: ReturnType<typeof conversationRequests>) {
  const truth = new Map<string, Truth & { readonly script: number }>()
  for (const [script, steps] of scripts.entries()) {
    let number = 0
    for (const [i, { body, cancelAfterMs }] of steps.entries()) {
      const isAhead = cancelAfterMs === 150
      if (steps[i - 1]?.cancelAfterMs !== 150) number++
      const { messages } = bodies[body] as { messages: Message[] }
      const isSilence = messages.at(-1)!.content === '...'
      const name = isAhead
        ? 'speculative'
        : cancelAfterMs !== null
          ? 'cancelled'
          : isSilence
            ? 'silence'
            : 'turn'
      truth.set(JSON.stringify(bodies[body]), { script, name, number })
    }
  }
  return truth
}

const STALL: Frame = { kind: 'hang-up', atMs: 0, how: 'stall' }

/** Whether the platform leaves before the answer is over. */
function isLeft(name?: TurnName): boolean {
  return name === 'cancelled' || name === 'speculative'
}

test('a simulated platform is seen through exactly', async () => {
  const habits = { thinkMs: 20, speculation: 0.4, interruption: 0.3, silence: 0.3 }
  const requests = conversationRequests(CALLS, habits, 3)
  const truth = truthOf(requests)
  const names = new Set([...truth.values()].map(({ name }) => name))
  expect(names).toEqual(new Set(['turn', 'speculative', 'cancelled', 'silence']))
  const exchanges: Exchange[] = []
  // Whoever is to leave early finds the answer still going on, however late that is. The first, which
  // looks for an endpoint before the run, is to end.
  const fault: Fault = (reply, { body }) =>
    exchanges.length > 0 && isLeft(truth.get(body!)?.name)
      ? { ...reply, frames: [...reply.frames.slice(0, 2), STALL] }
      : reply
  const upstream = await referenceServer({ pacing: { ttft: 100 }, fault })
  const url = await recordingProxy(upstream, (exchange) => exchanges.push(exchange))
  await benchmark({
    url,
    requests,
    load: { kind: 'closed', concurrency: CALLS.length },
    extent: { warmupMs: 0, durationMs: 60_000, requests: CALLS.length },
    calibrate: false,
  })
  await expect.poll(() => exchanges.length).toBe(truth.size + 1)

  const played = exchanges.filter(({ id }) => id !== 'tap-1')
  const conversations = new Conversations()
  const turns = new Map<string, ConversationTurn>()
  for (const exchange of played) {
    for (const turn of conversations.add(exchange)) turns.set(turn.exchange, turn)
  }
  const scriptOf = new Map<string, number>()
  for (const { id, request } of played) {
    const { script, ...expected } = truth.get(request.body!)!
    const { conversation, name, number, isInterrupted } = turns.get(id)!
    expect({ name, number }, request.body!).toEqual(expected)
    expect(isInterrupted).toBe(isLeft(name))
    expect(scriptOf.get(conversation) ?? script).toBe(script)
    scriptOf.set(conversation, script)
  }
  expect(scriptOf.size).toBe(CALLS.length)
  expect(turns.size).toBe(truth.size)
})
