import type { ServerResponse } from 'node:http'
import { describe, expect, test } from 'vitest'
import { check, type CheckOptions, type CheckReport, lint } from '../../src/conformance/index.ts'
import { BOUNDS } from '../../src/wire/index.ts'
import { delta, DONE, event, says } from '../support/exchanges.ts'
import { rawServer } from '../support/raw-server.ts'

type Answer = (response: ServerResponse) => unknown

const GOOD: Answer = (response) => response.end(`${says('Hello there.')}${DONE}`)

/** An endpoint that answers well once, and then in one way. */
async function turningServer(turn: Answer): Promise<{ url: string; count: () => number }> {
  let requests = 0
  const url = await rawServer((request, response) => {
    request.resume()
    response.on('error', () => {})
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    const answer = requests++ === 0 ? GOOD : turn
    answer(response)
  })
  return { url, count: () => requests }
}

const pour =
  (text: string): Answer =>
  (response) => {
    const piece = text.repeat(Math.ceil(64_000 / text.length))
    const go = () => {
      while (!response.destroyed && response.write(piece));
    }
    response.on('drain', go)
    go()
  }

const notSent = ({ checks }: CheckReport) => {
  const reasons = checks.flatMap(({ reason }) => /not sent: .*/.exec(reason ?? '') ?? [])
  return [...new Set(reasons)].join()
}

const found = ({ checks }: CheckReport, id: string) =>
  checks.find((each) => each.id === id)!.findings.map(({ message }) => message)

describe('an endpoint that answers well once, and then', () => {
  const judged = async (turn: Answer, options: Partial<CheckOptions> = {}) => {
    const { url, count } = await turningServer(turn)
    const report = await check({ url, ...options })
    return { report, requests: count() }
  }

  test.each([
    ['short texts', says('word '), /more than 100,000 JSON values; no more of it was read/],
    ['long texts', says('word '.repeat(100)), /more than 4,194,304 bytes/],
    ['values', `data: [${'1,'.repeat(1_000)}1]\n\n`, /more than 100,000 JSON values/],
    ['empty objects', 'data:{}\n\n', /more than 60,000 lines; no more of it was read/],
    ['comments', ':\n', /more than 60,000 lines/],
    ['line breaks', '\n', /more than 60,000 lines/],
    ['unknown fields', 'zz: y\n', /more than 60,000 lines/],
  ])('never ends to send %s is asked nothing more', async (_, text, message) => {
    const { report, requests } = await judged(pour(text))
    expect(requests).toBe(2)
    expect(report.verdict).toBe('fail')
    expect(found(report, 'transport/body-complete')).toEqual([expect.stringMatching(message)])
    const why = 'the answer streamed-story-1 was too large'
    expect(notSent(report)).toBe(`not sent: ${why}`)
    expect(report.warnings).toEqual([`nothing more was sent: ${why}`])
  })

  test('is silent, is asked three times', async () => {
    const { report, requests } = await judged(() => {}, { timeoutMs: 3_000, concurrency: 1 })
    expect(requests).toBe(1 + BOUNDS.run.late)
    expect(report.verdict).toBe('fail')
    expect(notSent(report)).toBe('not sent: 3 answers did not end in time')
  })

  test('is late, is not asked for another sample', async () => {
    const { report } = await judged((response) => response.write(says('**Late.** '.repeat(3))), {
      timeoutMs: 3_000,
      concurrency: 1,
      only: ['voice/markdown'],
    })
    expect(report.warnings).toContainEqual(
      expect.stringMatching(/was not asked for again: its answer did not end in time$/),
    )
  })

  test('sends much, each time, is asked until all answers together are too much', async () => {
    const { report, requests } = await judged((response) =>
      response.end(`${says('a'.repeat(3 * 1024 * 1024))}${DONE}`),
    )
    expect(requests).toBeLessThan(BOUNDS.run.bytes / (3 * 1024 * 1024) + 6)
    expect(notSent(report)).toBe('not sent: the answers so far have more than 12,582,912 bytes')
  })
})

const VALUES = Buffer.from(event(`{"choices":[${Array(90_000).fill('1').join()}]}`))

test.each<[keyof typeof BOUNDS.run, string, number, Answer]>([
  ['values', '2,000,000 JSON values', 90_000, (response) => response.end(VALUES)],
  ['lines', '600,000 lines', 50_000, (response) => response.end(':\n'.repeat(50_000))],
  [
    'reads',
    '300,000 pieces',
    90_000,
    (response) => {
      for (let i = 0; i < 90_000; i++) response.write(' ')
      response.end(DONE)
    },
  ],
])(
  'answers that have many %s end a run before they are large',
  async (amount, told, each, send) => {
    const { url, count } = await turningServer(send)
    const report = await check({ url })
    expect(count()).toBeLessThan(BOUNDS.run[amount] / each + 6)
    expect(notSent(report)).toBe(`not sent: the answers so far have more than ${told}`)
  },
)

describe('what is read', () => {
  const linted = (body: string) => {
    const { files } = lint([{ file: 'body.sse', body: Buffer.from(body) }])
    return files[0]!.checks
  }

  test('a body that is too large is no good one, however good its beginning', () => {
    const checks = linted(`${says('Hello there.')}${': ping\n\n'.repeat(60_000)}${DONE}`)
    expect(checks.find(({ id }) => id === 'transport/body-complete')).toMatchObject({
      status: 'fail',
      findings: [{ message: 'The answer has more than 60,000 lines; no more of it was read.' }],
    })
  })

  test.each([
    ['arrays', '['.repeat(90_000)],
    ['objects', '{"a":'.repeat(90_000)],
    ['whole ones', `{"choices":${'['.repeat(2_000)}${']'.repeat(2_000)}}`],
  ])('deep JSON breaks the endpoint, not a check: %s', (_, json) => {
    const checks = linted(`${says('Hello there.')}data: ${json}\n\n${DONE}`)
    expect(checks.filter(({ reason }) => reason?.startsWith('harness-error'))).toEqual([])
    expect(checks.find(({ id }) => id === 'sse/data-is-json')).toMatchObject({ status: 'fail' })
  })

  test('what a check finds often is told in few findings', () => {
    const reasons = Array.from({ length: 1_000 }, (_, i) => delta({}, `reason ${i}`))
    const checks = linted(`${reasons.join('')}${DONE}`)
    const { findings } = checks.find(({ id }) => id === 'stream/finish-reason-conflict')!
    expect(findings).toHaveLength(BOUNDS.findings)
    expect(findings.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(900)
  })
})
