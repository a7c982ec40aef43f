import { describe, expect, test } from 'vitest'
import { editText } from '../../src/conformance/faults/index.ts'
import { check, checks, lint } from '../../src/conformance/index.ts'
import { exchange, reasonOf } from '../support/said.ts'
import { referenceServer } from '../support/reference-server.ts'

const silence = editText(() => '')

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
    const fault = checks.find((each) => each.id === id)!.mutants['concurrent-empty']!
    const report = await check({ url: await referenceServer({ fault }), only })
    const { findings } = report.checks.find((each) => each.id === id)!
    expect(findings.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/Sent again alone, the same request was answered\.$/),
    )
  })
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

  test('most others fail, too', () => {
    expect(reasonOf(id, ...others(3), left, next)).toBe(
      'most requests that nobody interrupted were not answered either',
    )
  })
})
