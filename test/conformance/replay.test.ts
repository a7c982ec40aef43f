import { describe, expect, test } from 'vitest'
import { check, type CheckReport, type Recording } from '../../src/conformance/index.ts'
import { rawServer } from '../support/raw-server.ts'
import { referenceServer } from '../support/reference-server.ts'

const request = {
  model: 'mine',
  stream: true,
  messages: [{ role: 'user', content: 'Goodbye!' }],
  tools: [{ type: 'function', function: { name: 'end_call', parameters: { type: 'object' } } }],
}

async function replayed(url: string, expected: Recording['expect']): Promise<CheckReport> {
  return check({
    url,
    only: ['replay'],
    replay: [{ name: 'bye', request, ...(expected && { expect: expected }) }],
  })
}

const ENDLESS = {
  $defs: Object.fromEntries(
    Array.from({ length: 30 }, (_, i) => [
      `d${i}`,
      i === 29
        ? { type: 'number' }
        : { anyOf: [{ $ref: `#/$defs/d${i + 1}` }, { $ref: `#/$defs/d${i + 1}` }] },
    ]),
  ),
  $ref: '#/$defs/d0',
}

describe('what is said of a reply', () => {
  test.each([
    [{ tool: 'end_call' }, []],
    [{ tool: null }, ['The reply calls end_call. (5 of 5 samples)']],
    [{ tool: 'transfer' }, ['The reply calls end_call. (5 of 5 samples)']],
    [{ text: 'never' }, ['The text of the reply is not as expected. (5 of 5 samples)']],
    [
      { arguments: { required: ['when'] } },
      [
        "The arguments of end_call are not as expected: must have required property 'when'. (5 of 5 samples)",
      ],
    ],
    [
      { arguments: ENDLESS },
      [
        'The arguments of end_call are not as expected: are too much to be held against the schema. (5 of 5 samples)',
      ],
    ],
    [
      { tool: 'transfer', arguments: { required: ['when'] } },
      ['The reply calls end_call. (5 of 5 samples)'],
    ],
  ])('%j', async (expected, messages) => {
    const { checks } = await replayed(await referenceServer(), expected)
    expect(checks.map(({ id }) => id)).toEqual(['replay/expected'])
    expect(checks[0]!.findings.map(({ message }) => message)).toEqual(messages)
  })

  test('its first content comes too late', async () => {
    const url = await rawServer((_, response) => {
      const chunk = { choices: [{ index: 0, delta: { content: 'Bye.' }, finish_reason: 'stop' }] }
      response.setHeader('content-type', 'text/event-stream')
      setTimeout(() => response.end(`data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`), 50)
    })
    const { checks } = await replayed(url, { firstContentMs: 20 })
    const [finding] = checks[0]!.findings
    expect(finding!.message).toMatch(/^The first content came after \d+ ms\. \(5 of 5 samples\)$/)
    expect(finding!.expected).toBe('at most 20 ms')
  })

  test('nothing, where nothing is expected', async () => {
    const { checks, verdict } = await replayed(await referenceServer(), undefined)
    expect(checks[0]).toMatchObject({
      status: 'skip',
      reason: 'the request has no expectation',
    })
    expect(verdict).toBe('inconclusive')
  })
})

test('is sent as it was recorded, whatever the profile adds', async () => {
  const bodies: string[] = []
  const url = await rawServer(async (incoming, response) => {
    bodies.push(Buffer.concat(await incoming.toArray()).toString())
    response.setHeader('content-type', 'text/event-stream')
    response.end('data: {"choices":[{"index":0,"delta":{"content":"Hi."}}]}\n\ndata: [DONE]\n\n')
  })
  await check({ url, profile: 'vapi', only: ['replay'], replay: [{ name: 'bye', request }] })
  expect(bodies).toEqual([JSON.stringify(request)])
})

test('the exchange is named after the recording', async () => {
  const { exchanges } = await replayed(await referenceServer(), { tool: 'end_call' })
  expect(exchanges.map(({ id, probe }) => [id, probe])).toEqual([['replay-1-bye', 'replay']])
})

test.each([
  [{ text: '(' }, 'what "bye" expects cannot be used: Invalid regular expression'],
  [{ arguments: { type: 'objct' } }, 'what "bye" expects cannot be used: schema is invalid'],
])('an expectation that makes no sense is refused: %j', async (expected, message) => {
  await expect(replayed('http://127.0.0.1:1', expected)).rejects.toThrow(message)
})
