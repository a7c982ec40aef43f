import { expect, test } from 'vitest'
import { type Exchange, ExchangeComparer } from '../../src/conformance/index.ts'
import { delta, DONE, event, exchangeOf, says } from '../support/exchanges.ts'

interface Call {
  readonly asked: string
  readonly atMs: number
  readonly body?: string
  readonly rest?: Partial<Exchange>
}

function exchange({ asked, atMs, body = says('At nine.') + DONE, rest }: Call): Exchange {
  const messages = [{ role: 'user', content: asked }]
  return exchangeOf([[50, body]], {
    id: `tap-${asked}-${atMs}`,
    startedAt: new Date(Date.UTC(2026, 0, 1) + atMs).toISOString(),
    request: {
      method: 'POST',
      url: 'http://localhost/v1/chat/completions',
      headers: [],
      body: JSON.stringify({ model: 'm', stream: true, messages }),
    },
    ...rest,
  })
}

const found = (calls: readonly Call[]) =>
  new ExchangeComparer()
    .compare(calls.map(exchange))
    .map(({ check, finding }) => [check, finding.severity])

const ONE_ID = event({ id: 'a', choices: [{ index: 0, delta: { content: 'x' } }] }) + DONE

test.each<[string, readonly Call[], readonly unknown[]]>([
  [
    'one of two twins that is refused',
    [
      { asked: 'a', atMs: 0 },
      {
        asked: 'a',
        atMs: 10,
        body: '{"error":{"message":"busy"}}',
        rest: { response: { status: 409, statusText: '', headers: [], atMs: 1 } },
      },
    ],
    [['isolation/duplicate-request', 'info']],
  ],
  [
    'the same answer, whatever is asked',
    ['a', 'b', 'c'].map((asked, i) => ({ asked, atMs: 1_000 * i })),
    [['behaviour/constant-reply', 'info']],
  ],
  [
    'one id for all answers',
    ['a', 'b', 'c'].map((asked, i) => ({
      asked,
      atMs: 1_000 * i,
      body: ONE_ID.replace('"x"', JSON.stringify(asked)),
    })),
    [['chunk/id-unique', 'info']],
  ],
  [
    'a twin that the client left',
    [
      { asked: 'a', atMs: 0 },
      { asked: 'a', atMs: 10, body: delta({}), rest: { end: { how: 'aborted', atMs: 60 } } },
    ],
    [],
  ],
  [
    'a turn that failed after one that the client left',
    [
      ...['a', 'b'].map((asked, i) => ({ asked, atMs: i, body: says(`${asked} it is.`) + DONE })),
      { asked: 'c', atMs: 10, body: delta({}), rest: { end: { how: 'aborted', atMs: 60 } } },
      {
        asked: 'd',
        atMs: 100,
        body: '{"error":{"message":"still at it"}}',
        rest: { response: { status: 503, statusText: '', headers: [], atMs: 1 } },
      },
    ],
    [['isolation/disconnect-recovers', 'info']],
  ],
  [
    'a turn that was answered after one that the client left',
    [
      ...['a', 'b'].map((asked, i) => ({ asked, atMs: i, body: says(`${asked} it is.`) + DONE })),
      { asked: 'c', atMs: 10, body: delta({}), rest: { end: { how: 'aborted', atMs: 60 } } },
      { asked: 'd', atMs: 100, body: says('d it is.') + DONE },
    ],
    [],
  ],
  [
    'answers of their own',
    ['a', 'b', 'c'].map((asked, i) => ({ asked, atMs: i, body: says(`${asked} it is.`) + DONE })),
    [],
  ],
  ['nothing', [], []],
])('%s', (_, calls, expected) => {
  expect(found(calls)).toEqual(expected)
})

test('a policy chooses here, too', () => {
  const calls = ['a', 'b', 'c'].map((asked, i) => exchange({ asked, atMs: i }))
  expect(new ExchangeComparer({ skip: ['behaviour'] }).compare(calls)).toEqual([])
})
