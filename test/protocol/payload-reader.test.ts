import fc from 'fast-check'
import { expect, test } from 'vitest'
import { payloadReader } from '../../src/protocol/chat/payload-reader.ts'
import { readPayload } from '../../src/protocol/index.ts'

/** Chunks, with a mark where text stands. */
const CHUNKS = [
  '{"id":"a","choices":[{"index":0,"delta":{"content":"%"},"finish_reason":null}],"usage":null}',
  '{"id": "a", "choices": [{"index": 0, "delta": {"content": "%"}}]} ',
  '{"choices":[{"delta":{"__proto__":{"a":1},"content":"%","2":1,"1":2}}],"__proto__":"a"}',
  '{"choices":[{"delta":{"role":"assistant","content":"","reasoning":"%"}}]}',
  '{"choices":[{"delta":{"content":null,"reasoning_content":"%"}}]}',
  '{"choices":[{"delta":{"content":"%","reasoning":"%"}}]}',
  '{"choices":[{"delta":{"reasoning":"%","content":"a"}}]}',
  '{"choices":[{"delta":{"content":"%","content":"a"}}]}',
  '{"choices":[{"delta":{"content":"a","content":"%"}}]}',
  '{"choices":[{"message":{"content":"%"},"delta":{"content":"%"}}]}',
  '{"choices":[{"message":{"content":"%"},"delta":{"content":"a"}}]}',
  '{"content":"%","choices":[{"delta":{"content":"a"}}]}',
  '{"a\\"content":"%","choices":[{"delta":{"content":"a"}}]}',
  '{"choices":[{"delta":{"content":"a"}}],"choices":[{"delta":{"content":"%"}}]}',
  '{"choices":[{"delta":{"content":"%"}}],"choices":[{"delta":{"content":"a"}}]}',
  '{"choices":[{"delta":{"content":"%"}},{"delta":{"content":"a"}}]}',
  '{"choices":[{"delta":{"content":{"content":"%"}}}]}',
  '{"choices":[{"delta":{"content":["%"]}}]}',
  '{"choices":["content",{"content":"%"}]}',
  '{"error":{"message":"%"},"choices":[{"delta":{"content":"%"}}]}',
  '{"error":{"content":"%"}}',
  '[{"content":"%"}]',
  '{"choices":[{"delta":{"content":"%"}}]',
  '%',
]

const PLAIN = ['', 'a', 'b', ' c', 'ä', '日本', ',', ':', '}', '[DONE]', '\ud800', ' '.repeat(600)]
const ESCAPES = ['\\n', '\\u0061', '\\ud83d\\ude00', '\\"', 'a\\"', '\\\\', '\\', '\\x']
const CONTROLS = ['\n', '\t', '\0', '\u007f', '\u2028']
const QUOTES = ['"', 'a"', '"a', '","content":"b', 'b","a":"c', '"}}],"a":[{"a":{"a":"']
const TEXTS = [...PLAIN, ...ESCAPES, ...CONTROLS, ...QUOTES]

const streams = fc
  .subarray(CHUNKS, { minLength: 1, maxLength: 2 })
  .chain((chunks) =>
    fc.array(
      fc.record({
        chunk: fc.constantFrom(...chunks),
        texts: fc.tuple(fc.constantFrom(...TEXTS), fc.constantFrom(...TEXTS)),
      }),
      { minLength: 3, maxLength: 12 },
    ),
  )
  .map((events) =>
    events.map(({ chunk, texts: [first, second] }) => {
      return chunk.replace('%', () => first).replace('%', () => second)
    }),
  )

test('what is read of a stream is what is read of each of its events', () => {
  fc.assert(
    fc.property(streams, (events) => {
      const read = events.map(payloadReader())
      const each = events.map(readPayload)
      expect(read).toStrictEqual(each)
      // In the same order, too.
      expect(JSON.stringify(read)).toBe(JSON.stringify(each))
    }),
    { numRuns: 5_000 },
  )
})

test.each(['content', 'reasoning', 'reasoning_content'])(
  'chunks that differ in their %s alone are parsed no more',
  (member) => {
    const chunk = (text: string) => `{"choices":[{"delta":{"${member}":"${text}"}}],"rest":{}}`
    const read = ['a', 'b', 'c', '\\n', 'd'].map(chunk).map(payloadReader())
    const rests = read.map((payload) =>
      payload.kind === 'chunk' ? payload.json['rest'] : undefined,
    )
    expect(new Set(rests).size).toBe(3)
    expect(rests[2]).toBe(rests[0])
    expect(rests[4]).toBe(rests[0])
  },
)
