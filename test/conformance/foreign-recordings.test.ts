import { describe, expect, test } from 'vitest'
import { lint } from '../../src/conformance/index.ts'
import type { Exchange } from '../../src/wire/index.ts'
import { bytes } from '../support/bytes.ts'
import { exchange, HI, ROLE, stream } from '../support/said.ts'

const BROKEN_OFF: Partial<Exchange> = {
  arrivals: [{ atMs: 5, bytes: bytes(stream(ROLE, HI)) }],
  end: { how: 'complete', atMs: 6 },
}
const failuresOf = (exchanges: readonly Exchange[], only?: string[]) =>
  lint(
    exchanges.map((each, i) => ({ file: `calls/${i}.json`, exchange: each })),
    only && { only },
  ).files.map(({ checks }) =>
    checks.flatMap(({ id, findings }) =>
      findings.map(({ severity, message }) => `${severity}: ${id}: ${message}`),
    ),
  )

test('each recorded call gets what it gets alone', () => {
  const late = '2026-01-01T12:00:01.000Z'
  const calls = [
    exchange({ ...BROKEN_OFF, id: 'broken' }),
    exchange({ id: 'good', startedAt: late }),
    exchange({ id: 'slow', arrivals: [{ atMs: 4_500, bytes: bytes(stream(ROLE, HI)) }] }),
  ]
  const together = failuresOf(calls)
  expect(together).toEqual(calls.flatMap((each) => failuresOf([each])))
  expect(together[0]).toContainEqual(expect.stringMatching(/^error: stream\//))
})

test('of a request that was cut, the answer tells whether a stream was asked for', () => {
  const request = { ...exchange({}).request, body: '{"model":"m","messages":[{"role":"us' }
  const head = exchange({}).response!
  const whole = {
    request,
    response: { ...head, headers: [['content-type', 'application/json']] as const },
    arrivals: [{ atMs: 5, bytes: bytes('{"object":"chat.completion","choices":[]}') }],
  }
  const streamed = { ...BROKEN_OFF, request }
  const failures = failuresOf([exchange(whole), exchange(streamed)])
  expect(failures[0]).toEqual([])
  expect(failures[1]).toContainEqual(expect.stringMatching(/^error: stream\//))
})

describe('isolation/duplicate-request', () => {
  const twins = (startedAt: string, body = '{"stream":true}') => {
    const first = exchange({ probe: 'silent-caller' })
    const request = { ...first.request, body: '{"stream":true}' }
    return [
      { ...first, request },
      { ...first, ...BROKEN_OFF, startedAt, request: { ...request, body } },
    ]
  }
  const failed = (exchanges: readonly Exchange[]) =>
    failuresOf(exchanges, ['isolation/duplicate-request']).flat()

  test('the same request at the same time', () => {
    expect(failed(twins('2026-01-01T12:00:00.003Z'))).toHaveLength(1)
  })

  test.each([
    ['minutes apart', twins('2026-01-01T12:04:00.000Z')],
    ['another request', twins('2026-01-01T12:00:00.003Z', '{"stream":true,"n":1}')],
  ])('%s', (_, exchanges) => {
    expect(failed(exchanges)).toEqual([])
  })
})
