import { expect, test } from 'vitest'
import { onlyToolIn } from '../../../src/conformance/checks/request/tool-features.ts'
import { describeSilence } from '../../../src/conformance/checks/transport/describe-silence.ts'

test.each<[string, Parameters<typeof describeSilence>, string]>([
  ['hung up', [{ how: 'aborted', atMs: 12 }, 1], 'No response arrived: it was over after 12 ms.'],
  ['never connected', [{ how: 'timeout', atMs: 20 }, null], 'Nothing arrived within 20 ms,'],
  [
    'in the middle of the head',
    [{ how: 'timeout', atMs: 20, headBytes: 7 }, 5],
    '7 bytes arrived, but not the end of the response head within 25 ms,',
  ],
])('of an answer that never came, as it was %s', (_, [end, connectMs], message) => {
  expect(describeSilence(end, connectMs).message).toContain(message)
})

test('the only tool of a request is none where there are none, several, or one without a name', () => {
  const end = { function: { name: 'end_call' } }
  expect(onlyToolIn({ tools: [end] })).toBe('tool:end_call')
  expect(onlyToolIn({})).toBeUndefined()
  expect(onlyToolIn({ tools: [end, end] })).toBeUndefined()
  expect(onlyToolIn({ tools: ['end_call'] })).toBeUndefined()
  expect(onlyToolIn({ tools: [{ function: 'end_call' }] })).toBeUndefined()
})
