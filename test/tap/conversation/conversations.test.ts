import { describe, expect, test } from 'vitest'
import { Conversations, type ConversationTurn } from '../../../src/tap/index.ts'
import type { Exchange } from '../../../src/wire/index.ts'
import { DONE, exchangeOf, says } from '../../support/exchanges.ts'

const SYSTEM = { role: 'system', content: 'You are Ava.' }
const user = (content: string) => ({ role: 'user', content })
const assistant = (content: string) => ({ role: 'assistant', content })

interface Call {
  readonly atMs: number
  readonly messages: readonly object[]
  readonly answer?: string
  readonly rest?: Partial<Exchange>
  readonly sent?: object
  readonly headers?: Exchange['request']['headers']
}

let count = 0

function exchange({ atMs, messages, answer, rest, sent, headers = [] }: Call): Exchange {
  const body = JSON.stringify({ model: 'm', messages: [SYSTEM, ...messages], ...sent })
  const url = 'http://localhost/v1/chat/completions'
  return exchangeOf([[100, says(answer ?? 'At nine. Goodbye.') + DONE]], {
    id: `tap-${++count}`,
    startedAt: new Date(Date.UTC(2026, 0, 1) + atMs).toISOString(),
    request: { method: 'POST', url, headers, body },
    ...rest,
  })
}

/** What is known of each in the end. */
function heard(calls: readonly Call[]) {
  const conversations = new Conversations()
  const turns = new Map<string, ConversationTurn>()
  for (const call of calls) {
    for (const turn of conversations.add(exchange(call))) turns.set(turn.exchange, turn)
  }
  const names = [...new Set([...turns.values()].map(({ conversation }) => conversation))]
  return [...turns.values()].map((turn) => [
    names.indexOf(turn.conversation),
    turn.number,
    turn.name,
    ...(turn.isInterrupted ? ['interrupted'] : []),
    ...(turn.isReplaced ? ['replaced'] : []),
  ])
}

const aborted = (atMs: number): Partial<Exchange> => ({ end: { how: 'aborted', atMs } })
const status = (code: number): Partial<Exchange> => ({
  response: { status: code, statusText: '', headers: [], atMs: 1 },
  arrivals: [],
})
const hi = [user('What time do you open?')]
const more = [...hi, assistant('At nine. Goodbye.'), user('And on Sunday?')]

describe('what a request is', () => {
  test('a turn goes on with the history of the one before', () => {
    expect(
      heard([
        { atMs: 0, messages: [] },
        { atMs: 1_000, messages: [assistant('At nine. Goodbye.'), ...hi] },
        { atMs: 5_000, messages: [assistant('At nine. Goodbye.'), ...more] },
      ]),
    ).toEqual([
      [0, 1, 'opening'],
      [0, 2, 'turn'],
      [0, 3, 'turn'],
    ])
  })

  test('the same again: a twin, a retry, or sent again', () => {
    const at = (atMs: number, rest: Partial<Exchange> = {}) => ({ atMs, messages: hi, rest })
    expect(heard([at(0), at(50)])).toEqual([
      [0, 1, 'turn'],
      [0, 1, 'twin'],
    ])
    expect(heard([at(0, status(503)), at(500)])).toEqual([
      [0, 1, 'turn'],
      [0, 1, 'retry'],
    ])
    expect(heard([at(0, aborted(10_000)), at(10_001)])).toEqual([
      [0, 1, 'cancelled', 'interrupted'],
      [0, 1, 're-send'],
    ])
    // Minutes later, it is somebody else.
    expect(heard([at(0, aborted(10_000)), at(120_000)])).toEqual([
      [0, 1, 'cancelled', 'interrupted'],
      [1, 1, 'turn'],
    ])
  })

  test('the same first words later are those of another caller', () => {
    expect(
      heard([
        { atMs: 0, messages: hi },
        { atMs: 500, messages: hi },
        { atMs: 900, messages: more },
      ]),
    ).toEqual([
      [0, 1, 'turn'],
      [1, 1, 'turn'],
      [1, 2, 'turn'],
    ])
  })

  test('a history goes on in whichever dialect the same endpoint is asked', () => {
    const body = JSON.stringify({ model: 'm', instructions: 'You are Ava.', input: more })
    const asked = (url: string) => ({
      atMs: 1_000,
      messages: [],
      rest: { request: { method: 'POST', url, headers: [], body } },
    })
    const first = { atMs: 0, messages: hi }
    expect(heard([first, asked('http://localhost/v1/responses')]).at(-1)).toEqual([0, 2, 'turn'])
    expect(heard([first, asked('http://localhost/v2/responses')]).at(-1)).toEqual([1, 1, 'turn'])
  })

  test('of two calls that began alike, the answer tells which one goes on', () => {
    const answers = ['At nine. Goodbye.', 'Closed today.']
    const calls = answers.map((answer, i) => ({ atMs: 500 * i, messages: hi, answer }))
    expect(heard([...calls, { atMs: 2_000, messages: more }]).at(-1)).toEqual([0, 2, 'turn'])
  })

  test('tools belong to the turn that called them', () => {
    const call = { id: 'a', type: 'function', function: { name: 'hours', arguments: '{}' } }
    const called = { role: 'assistant', content: null, tool_calls: [call] }
    const result = { role: 'tool', tool_call_id: 'a', content: '9' }
    expect(
      heard([
        { atMs: 0, messages: hi },
        { atMs: 500, messages: [...hi, called, result], answer: 'At nine.' },
        { atMs: 5_000, messages: [...hi, called, result, assistant('At nine.'), user('Thanks')] },
      ]),
    ).toEqual([
      [0, 1, 'turn'],
      [0, 1, 'tool-continuation'],
      [0, 2, 'turn'],
    ])
  })

  test('words that grow supersede those that were sent ahead', () => {
    const at = (atMs: number, words: string, rest: Partial<Exchange> = {}) => ({
      atMs,
      messages: [user(words)],
      rest,
    })
    expect(
      heard([
        at(0, 'What time.', aborted(90)),
        at(100, 'What time do', aborted(90)),
        at(200, 'What time do you open?'),
      ]),
    ).toEqual([
      [0, 1, 'speculative', 'interrupted'],
      [0, 1, 'speculative', 'interrupted'],
      [0, 1, 'turn'],
    ])
  })

  test('a caller who interrupted heard what the next history holds', () => {
    const cut = [...hi, assistant('At nine...'), user('Stop')]
    expect(
      heard([
        { atMs: 0, messages: hi },
        { atMs: 900, messages: cut },
      ]),
    ).toEqual([
      [0, 1, 'turn', 'interrupted'],
      [0, 2, 'turn'],
    ])
  })

  test('a caller who heard something else did not hear the answer', () => {
    const otherwise = (text: string) => [...hi, assistant(text), user('And on Sunday?')]
    const replaced = [
      [0, 1, 'turn', 'replaced'],
      [0, 2, 'turn'],
    ]
    const spoken = [
      [0, 1, 'turn'],
      [0, 2, 'turn'],
    ]
    const after = (text: string) =>
      heard([
        { atMs: 0, messages: hi, sent: { user_id: 'x' } },
        { atMs: 900, messages: otherwise(text), sent: { user_id: 'x' } },
      ])
    expect(after('Sorry, I did not get that.')).toEqual(replaced)
    expect(after('One moment. At nine. Goodbye.')).toEqual(spoken)
    expect(after('at 9, goodbye')).toEqual(spoken)
  })

  test('the order in which they began counts, not the one in which they ended', () => {
    const slow = { end: { how: 'complete', atMs: 3_000 } } as const
    expect(
      heard([
        { atMs: 100, messages: hi },
        { atMs: 0, messages: hi, rest: slow },
      ]),
    ).toEqual([
      [0, 1, 'twin'],
      [0, 1, 'turn'],
    ])
  })
})

describe('whom a request belongs to', () => {
  const both = (one: Partial<Call>, other: Partial<Call>) =>
    heard([
      { atMs: 0, messages: hi, ...one },
      { atMs: 900, messages: more, ...other },
    ]).map(([conversation]) => conversation)
  const extra = (id: string) => ({ elevenlabs_extra_body: { conversation_id: id } })

  test('what names a conversation wins over what is said', () => {
    expect(both({ sent: extra('a') }, { sent: extra('b') })).toEqual([0, 1])
    expect(both({ sent: extra('a') }, { sent: extra('a'), messages: [user('Sunday?')] })).toEqual([
      0, 0,
    ])
    expect(both({ sent: { user_id: 'a' } }, { sent: { user_id: 'b' } })).toEqual([0, 1])
    expect(both({ sent: { call: { id: 'a' } } }, { sent: { call: { id: 'b' } } })).toEqual([0, 1])
    expect(
      both({ headers: [['X-Conversation-Id', 'a']] }, { headers: [['x-conversation-id', 'b']] }),
    ).toEqual([0, 1])
  })

  test('nobody goes on with the call of another key', () => {
    const bearing = (key: string): Partial<Call> => ({ headers: [['authorization', key]] })
    expect(both(bearing('Bearer a'), bearing('Bearer a'))).toEqual([0, 0])
    expect(both(bearing('Bearer a'), bearing('Bearer b'))).toEqual([0, 1])
  })
})

test('what asks for no answer is no turn', () => {
  const conversations = new Conversations()
  const request = { method: 'GET', url: 'http://localhost/v1/models', headers: [], body: null }
  expect(conversations.add(exchangeOf([], { request }))).toEqual([])
  expect(conversations.add(exchangeOf([]))).toEqual([])
})

test('what the caller heard, and when', () => {
  const request = exchange({ atMs: 0, messages: hi })
  const [turn] = new Conversations({ charactersPerSecond: 10 }).add({
    ...request,
    arrivals: exchangeOf([
      [400, says('Well, ')],
      [500, says('yes. ')],
      [3_000, says('At nine.') + DONE],
    ]).arrivals,
  })
  // "Well, yes." is spoken for a second.
  expect(turn).toMatchObject({ firstContentMs: 400, firstSentenceMs: 500, deadAirMs: 1_500 })
})

test('numbers go on when old turns are forgotten', () => {
  const conversations = new Conversations()
  const messages: object[] = []
  let last: readonly ConversationTurn[] = []
  for (let i = 0; i < 100; i++) {
    messages.push(user(`Question ${i}?`))
    last = conversations.add(exchange({ atMs: i * 5_000, messages, answer: `Answer ${i}.` }))
    messages.push(assistant(`Answer ${i}.`))
  }
  expect(last).toMatchObject([{ number: 100, name: 'turn' }])
})
