import { describe, expect, test } from 'vitest'
import { editText, pause } from '../../src/conformance/faults/index.ts'
import { check, lint } from '../../src/conformance/index.ts'
import { type Exchange, type Fault, jsonReply } from '../../src/wire/index.ts'
import { bytes } from '../support/bytes.ts'
import { faultOf } from '../support/fault.ts'
import { referenceServer } from '../support/reference-server.ts'
import { exchange, HI, reasonOf, ROLE, STOP, stream } from '../support/said.ts'

const silence = editText(() => '')
const OVERLOADED = jsonReply(500, { error: { message: 'upstream overloaded' } })

describe('isolation/crossed-replies', () => {
  const id = 'isolation/crossed-replies'
  const only = [id, 'stream/empty-reply']

  test('a request that is answered with nothing when it is alone, too', async () => {
    const url = await referenceServer({
      fault: (reply, request) =>
        (request.body?.length ?? 0) > 20_000 || request.body?.includes('...')
          ? silence(reply, request)
          : reply,
    })
    const report = await check({ url, only })
    expect(report.checks.map((each) => [each.id, each.status])).toEqual([
      ['stream/empty-reply', 'fail'],
      [id, 'pass'],
    ])
    expect(report.exchanges.map((each) => each.id)).toContain('silent-caller-3')
  })

  test('a request that is answered as soon as it is alone', async () => {
    const report = await check({
      url: await referenceServer(faultOf(id, 'concurrent-empty')),
      only,
    })
    const { findings } = report.checks.find((each) => each.id === id)!
    expect(findings.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/Sent again alone, the same request was answered\.$/),
    )
  })
})

describe('isolation/duplicate-request', () => {
  const id = 'isolation/duplicate-request'

  test('one sent as soon as another was answered is not one at the same time', async () => {
    let count = 0
    const url = await referenceServer({
      fault: (reply, request) =>
        request.body?.includes('"..."') && ++count !== 3 ? silence(reply, request) : reply,
    })
    const report = await check({ url, only: [id, 'isolation/crossed-replies'] })
    const { status, reason } = report.checks.find((each) => each.id === id)!
    expect(count).toBeGreaterThan(4)
    expect([status, reason]).toEqual([
      'inconclusive',
      'neither of the two requests got a whole reply',
    ])
  })

  test.each(['first', 'second'])(
    'the %s of two that go on from a response is refused',
    async (which) => {
      const refused = which === 'first' ? 0 : 1
      const came: string[] = []
      const url = await referenceServer({
        fault: {
          wrap: (handler) => async (request, call) => {
            const { body } = request
            if (!body?.includes('previous_response_id') || body.includes('never_was')) {
              return handler(request, call)
            }
            const place = came.push(body) - 1
            // Long enough for the other one to come.
            await pause(200)
            return place % 2 === refused
              ? jsonReply(409, { error: { message: 'A turn is under way.' } })
              : handler(request, call)
          },
        },
      })
      const report = await check({ url, only: [id], apiType: 'responses' })
      expect(came.length).toBeGreaterThan(1)
      expect(report.checks.map(({ status }) => status)).toEqual(['fail'])
    },
  )
})

describe('isolation/disconnect-recovers', () => {
  const id = 'isolation/disconnect-recovers'
  const failed = { status: 500, statusText: '', headers: [], atMs: 1 }
  const left = exchange({ probe: 'barge-in', end: { how: 'aborted', atMs: 6 } })
  const next = exchange({ probe: 'barge-in', response: failed })
  const others = (failing: number) =>
    Array.from({ length: 4 }, (_, i) =>
      exchange({ probe: 'streamed-turn', ...(i < failing && { response: failed }) }),
    )

  test('the turn after the interruption fails, and few others do', () => {
    const saved = [...others(1), left, next].map((each, i) => ({ file: `${i}`, exchange: each }))
    const findings = lint(saved, { only: [id] }).files.flatMap((file) => file.checks[0]!.findings)
    expect(findings.map(({ message }) => message)).toEqual([
      'The turn after an interruption was not answered: status 500.',
    ])
  })

  test('the turn after the interruption fails once, and not again', async () => {
    const fails = (times: number) => {
      let count = 0
      const fault: Fault = (reply, { body }) =>
        body?.includes('zeppelin') && count++ < times ? OVERLOADED : reply
      return referenceServer({ fault })
    }
    const only = [id, 'isolation/revised-turn', 'transport/status-ok']
    const verdicts = async (url: string) =>
      Object.fromEntries((await check({ url, only })).checks.map((each) => [each.id, each.status]))
    expect(await verdicts(await fails(1))).toEqual({
      'transport/status-ok': 'fail',
      [id]: 'pass',
      'isolation/revised-turn': 'pass',
    })
    expect(await verdicts(await fails(3))).toMatchObject({
      'transport/status-ok': 'pass',
      [id]: 'fail',
    })
  })

  test('most turns after interruptions fail, of calls that were recorded', () => {
    const answered = exchange({ probe: 'barge-in' })
    const told = (...calls: Exchange[]) =>
      lint(
        calls.map((each, i) => ({ file: `${i}`, exchange: each })),
        { only: [id] },
      ).files.flatMap((file) => file.checks[0]!.findings.map(({ message }) => message))
    expect(told(...others(0), left, next, left, answered)).toEqual([])
    expect(told(...others(0), left, next, left, answered, left, next)).toEqual([
      'The turn after an interruption was not answered: status 500.',
    ])
  })

  test('most others fail, too', () => {
    expect(reasonOf(id, ...others(3), left, next)).toBe(
      'most requests that nobody interrupted were not answered either',
    )
  })
})

describe('what is no turn', () => {
  const only = ['errors/invalid-json', 'errors/missing-messages', 'errors/method', 'models/list']

  const HANG_UP = { ...OVERLOADED, frames: [{ kind: 'hang-up', how: 'reset', atMs: 0 } as const] }

  test.each([OVERLOADED, HANG_UP])('is asked once more where it fails: %#', async (failure) => {
    const seen = new Set<string>()
    const url = await referenceServer({
      fault: (reply, { method, url: at, body }) => {
        const key = JSON.stringify([method, at, body])
        if (reply.status === 200 && method === 'POST') return reply
        return seen.size === seen.add(key).size ? reply : failure
      },
    })
    const report = await check({ url, only })
    expect(report.checks.map(({ status, findings }) => [status, findings])).toEqual(
      only.map(() => ['pass', []]),
    )
  })

  test('fails where it fails again, and is told once', async () => {
    const url = await referenceServer({
      fault: (reply, { method }) =>
        reply.status === 200 && method === 'POST' ? reply : OVERLOADED,
    })
    const report = await check({ url, only })
    expect(report.checks.map(({ findings }) => findings.length)).toEqual([1, 1, 1, 1])
  })
})

test('what is left out of a request, its reply need not repeat', async () => {
  let count = 0
  const url = await referenceServer({
    fault: (reply, { body }) => (body?.includes('brûlée') && count++ < 2 ? OVERLOADED : reply),
  })
  const report = await check({ url, only: ['request/unicode'] })
  const asked = report.exchanges.filter(({ probe }) => probe === 'streamed-unicode')
  expect(asked.map(({ status }) => status).slice(0, 3)).toEqual([500, 500, 200])
  expect(report.checks.flatMap(({ findings }) => findings)).toEqual([])
})

describe('isolation/one-at-a-time', () => {
  const id = 'isolation/one-at-a-time'
  const MINUTE_MS = 60_000
  type Times = [firstMs: number, endMs: number]
  const SOON: Times = [400, 2_000]
  const LATE: Times = [2_300, 4_000]
  const FIRST_THEN_SECOND: [Times, Times] = [SOON, LATE]

  /** Rounds of two requests sent at once, each with its first words and its end. */
  function rounds(...each: [first: Times, second: Times][]) {
    const saved = each.flatMap((pair, round) =>
      pair.map(([firstMs, endMs], caller) =>
        exchange({
          probe: 'two-callers',
          startedAt: new Date(round * MINUTE_MS).toISOString(),
          request: {
            method: 'POST',
            url: 'https://api.example.com',
            headers: [],
            body: `${caller}`,
          },
          arrivals: [
            { atMs: firstMs, bytes: bytes(stream(ROLE, HI)) },
            { atMs: endMs, bytes: bytes(stream(STOP, '[DONE]')) },
          ],
          end: { how: 'complete', atMs: endMs + 1 },
        }),
      ),
    )
    const files = saved.map((one, i) => ({ file: `${i}`, exchange: one }))
    return lint(files, { only: [id] }).files.flatMap((file) =>
      file.checks[0]!.findings.map(({ message }) => message),
    )
  }

  test('the second waits for the end of the first, whichever that is, each time', () => {
    expect(
      rounds(
        FIRST_THEN_SECOND,
        [LATE, SOON],
        [
          [400, 900],
          [1_300, 1_900],
        ],
      ),
    ).toEqual([
      'Of two requests at once, the second got its first words after 2300 ms, once the reply to the first was over (2000 ms); so it was each of 3 times.',
    ])
  })

  test.each<[string, ...Parameters<typeof rounds>]>([
    ['once not', FIRST_THEN_SECOND, [LATE, SOON], [SOON, [900, 2_500]]],
    ['one of them always slow', FIRST_THEN_SECOND, FIRST_THEN_SECOND, FIRST_THEN_SECOND],
    [
      'whole replies that are awaited together',
      [
        [2_000, 2_001],
        [2_100, 2_101],
      ],
      [
        [1_500, 1_501],
        [2_400, 2_401],
      ],
      [
        [1_900, 1_900],
        [2_000, 2_000],
      ],
    ],
    [
      'replies that take no time',
      [
        [100, 110],
        [220, 230],
      ],
      [
        [100, 110],
        [220, 230],
      ],
      [
        [100, 110],
        [220, 230],
      ],
    ],
  ])('%s', (_, ...times) => {
    expect(rounds(...times)).toEqual([])
  })

  test('replies that are not whole', () => {
    const half = exchange({ probe: 'two-callers', end: { how: 'aborted', atMs: 6 } })
    expect(reasonOf(id, half, half)).toBe('no two replies were whole')
  })

  test('a request alone', () => {
    expect(reasonOf(id, exchange({ probe: 'two-callers' }))).toBe(
      'no two requests were sent at once',
    )
    expect(reasonOf(id, exchange({}))).toBe('no two requests were sent at once')
  })
})
