import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import {
  type MockControl,
  type MockFetch,
  mockFetch,
  type Scenario,
} from '../../src/mocks/index.ts'
import { type Fault, jsonReply, networkFaults } from '../../src/wire/index.ts'
import { record } from '../../src/wire/node.ts'
import { startServer } from '../../src/server/index.ts'
import { text } from '../support/bytes.ts'
import { payloads, post, saying } from '../support/chat.ts'
import { EACH_FRONT, FRONTS } from '../support/fronts.ts'
import { referenceServer } from '../support/reference-server.ts'

const HELLO: Scenario = { when: { user: 'ni hao' }, then: '你好！ Hello there, 👋 friend.' }

async function exchangeWith(fault: string, timeoutMs = 20_000) {
  const scenarios = [{ ...HELLO, then: { text: HELLO.then as string, fault } }]
  const url = `${await referenceServer({ scenarios })}/chat/completions`
  const headers = [['content-type', 'application/json']] as const
  const body = JSON.stringify(saying('ni hao'))
  return record({ method: 'POST', url, headers, body }, { probe: 'test', timeoutMs })
}

describe('a fault of the network', () => {
  let expected: string
  beforeAll(async () => {
    expected = await (await post(mockFetch({ scenarios: [HELLO] }), saying('ni hao'))).text()
  })

  test('reset: the connection breaks in the middle', async () => {
    const { arrivals, end } = await exchangeWith('network/reset')
    expect(end).toMatchObject({ how: 'failed', reason: 'reset' })
    expect(text(arrivals)).not.toBe('')
    expect(expected.startsWith(text(arrivals))).toBe(true)
  })

  test('half-open: nothing more comes, and nothing ends', async () => {
    const { arrivals, end } = await exchangeWith('network/half-open', 5_000)
    expect(end.how).toBe('timeout')
    expect(text(arrivals)).not.toBe('')
  })

  test('slow-headers: the status is late', async () => {
    const { response, arrivals } = await exchangeWith('network/slow-headers')
    expect(response!.atMs).toBeGreaterThan(2_900)
    expect(text(arrivals)).toBe(expected)
  })

  test('byte-per-packet: the bytes are the same, in many packets', async () => {
    const { arrivals, end } = await exchangeWith('network/byte-per-packet')
    expect(end.how).toBe('complete')
    expect(text(arrivals)).toBe(expected)
    // A reader may find several packets at once.
    expect(arrivals.length).toBeGreaterThan(200)
  })

  test('events-in-one-packet: the bytes are the same, in few packets', async () => {
    const { arrivals } = await exchangeWith('network/events-in-one-packet')
    expect(text(arrivals)).toBe(expected)
    expect(arrivals.length).toBeLessThanOrEqual(3)
  })

  test('split-in-character: a packet ends within one', async () => {
    const { arrivals } = await exchangeWith('network/split-in-character')
    expect(text(arrivals)).toBe(expected)
    const broken = arrivals.filter(({ bytes }) => bytes.at(-1)! >= 0b1100_0000)
    expect(broken.length).toBeGreaterThan(0)
  })

  test.each(['reset', 'stall'] as const)(
    'a %s before any answer is one for fetch too',
    async (how) => {
      const model = async () => ({
        ...jsonReply(200, {}),
        frames: [{ kind: 'hang-up', atMs: 0, how }] as const,
      })
      const fetch = mockFetch({ model })
      const asked = fetch('https://mock.test/v1/chat/completions', {
        method: 'POST',
        body: JSON.stringify(saying('x')),
        signal: AbortSignal.timeout(50),
      })
      await expect(asked).rejects.toThrow(how === 'reset' ? 'fetch failed' : 'timeout')
    },
  )

  test.each(Object.keys(networkFaults))('%s leaves other answers alone', async (name) => {
    if (name === 'network/slow-headers') return
    const scenarios = [{ then: { text: 'Hi', fault: name } }]
    const response = await post(mockFetch({ scenarios }), saying('x', { stream: false }))
    expect(await response.json()).toMatchObject({ choices: [{ message: { content: 'Hi' } }] })
  })
})

describe('a rate', () => {
  const fates = async (seed: number) => {
    const fault = { name: 'network/reset', rate: 0.3 }
    const fetch = mockFetch({ scenarios: [{ then: { text: 'Hello there.', fault } }], seed })
    const asked = Array.from({ length: 200 }, async (_, i) =>
      post(fetch, saying(`Hi ${i}`))
        .then((response) => response.text())
        .then(() => true)
        .catch(() => false),
    )
    return Promise.all(asked)
  }

  test('strikes about that share, the same requests at every run', async () => {
    const once = await fates(1)
    const struck = once.filter((well) => !well).length
    expect(struck).toBeGreaterThan(40)
    expect(struck).toBeLessThan(80)
    expect(await fates(1)).toEqual(once)
    expect(await fates(2)).not.toEqual(once)
  })
})

test.each(EACH_FRONT)('on %s, a rate strikes the same requests as elsewhere', async (_, start) => {
  const fault = { name: 'network/reset', rate: 0.5 }
  const options = { scenarios: [{ then: { text: 'Hello there.', fault } }], seed: 1 }
  const fatesOn = async (begin: (typeof EACH_FRONT)[number][1]) => {
    const { baseURL, fetch } = await begin(options)
    const fates = []
    for (const i of [...Array(20).keys(), ...Array(20).keys()]) {
      const answer = post(fetch, saying(`Hi ${i}`), {}, `${baseURL}/chat/completions`)
      fates.push(await answer.then((response) => response.text()).then(isWhole, () => false))
    }
    expect(fates.slice(20)).toEqual(fates.slice(0, 20))
    return fates
  }
  const isWhole = (body: string) => body.includes('[DONE]')
  const expected = await fatesOn(FRONTS['fetch']!)
  expect(new Set(expected).size).toBe(2)
  expect(await fatesOn(start)).toEqual(expected)
})

describe('what a fault remembers', () => {
  const once: Fault = {
    wrap(handler) {
      let asked = 0
      return async (...args) => (asked++ === 0 ? handler(...args) : jsonReply(503, {}))
    },
  }
  const findFault = () => once
  const fault = 'once'
  const byHeader = { 'x-soundcheck-fault': fault }

  type Ask = (headers: Record<string, string>) => Promise<Response>
  const WAYS: [string, () => Promise<MockControl & { ask: Ask }>][] = [
    ['of a header', async () => reached(mockFetch({ findFault, faultHeader: true }), byHeader)],
    [
      'of a scenario',
      async () => reached(mockFetch({ findFault, scenarios: [{ then: { text: 'Hi.', fault } }] })),
    ],
    [
      'of a server',
      async () => {
        const server = await startServer({ fault: once })
        onTestFinished(() => server.close())
        const url = `${server.url}/chat/completions`
        return { ...server, ask: (headers) => post(fetch, saying('Hi'), headers, url) }
      },
    ],
  ]
  const reached = (fetch: MockFetch, more: Record<string, string> = {}) => ({
    ...controlOf(fetch),
    ask: (headers: Record<string, string>) => post(fetch, saying('Hi'), { ...headers, ...more }),
  })

  const controlOf = ({ add, reset, unused, journal }: MockControl): MockControl => ({
    add,
    reset,
    unused,
    journal,
  })

  test.each(WAYS)('%s, it remembers of each scope, until that is reset', async (_, start) => {
    const mock = await start()
    const status = async (scope: string) => (await mock.ask({ 'x-soundcheck-scope': scope })).status
    expect([await status('a'), await status('a'), await status('b')]).toEqual([200, 503, 200])
    mock.reset('a')
    expect([await status('a'), await status('b')]).toEqual([200, 503])
    mock.reset()
    expect([await status('a'), await status('b'), await status('b')]).toEqual([200, 200, 503])
  })
})

describe('a header', () => {
  const NAMED = { 'x-soundcheck-fault': 'twice-done' }
  const findFault = (name: string) => {
    if (name !== 'twice-done') throw new Error(`there is no fault "${name}"`)
    return (reply: Parameters<(typeof networkFaults)[string]>[0]) => ({
      ...reply,
      frames: [...reply.frames, ...reply.frames.slice(-1)],
    })
  }

  test('chooses the fault of its request, where that is allowed', async () => {
    const fetch = mockFetch({ findFault, faultHeader: true })
    const dones = async (headers = {}) =>
      (await payloads(await post(fetch, saying('Hi'), headers))).filter((data) => data === '[DONE]')
    expect(await dones(NAMED)).toHaveLength(2)
    expect(await dones()).toHaveLength(1)
    const unknown = await post(fetch, saying('Hi'), { 'x-soundcheck-fault': 'x' })
    expect([unknown.status, await unknown.text()]).toEqual([
      400,
      expect.stringContaining('there is no fault \\"x\\"'),
    ])
  })

  test('means nothing elsewhere', async () => {
    const response = await post(mockFetch({ findFault }), saying('Hi'), NAMED)
    expect((await payloads(response)).filter((data) => data === '[DONE]')).toHaveLength(1)
  })
})
