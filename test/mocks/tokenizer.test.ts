import { encode } from 'gpt-tokenizer/encoding/o200k_base'
import { expect, test } from 'vitest'
import { loadTokenizer } from '../../src/mocks/write/tokenizer.ts'
import { cpuMs } from '../support/cpu-ms.ts'

test.each([
  "It's 3,141 o'clock;  the quick\n\n brown fox - jumps 12 345 over \t the lazy dog... ",
  'Ünïcode wörter, and some - more of them: e.g. a/b (c)d [e]f x=y. ',
  '漢字かな、まじり文。それは良い「天気」です。',
  "don't we'll they’re co-op\u00a0b c\u3000d e\u0301a ",
  '{"a":[1,2,{"b":"c d e"}]}',
])('counts what is long as the encoding does: %j', async (text) => {
  const { count } = await loadTokenizer()
  const long = text.repeat(100)
  expect(await count([long, text])).toBe(encode(long).length + encode(text).length)
})

test.each(['a', ' ', '7', 'A-', '👩‍👩‍👧‍👦', 'qzjx'])(
  'what has no break takes time in proportion: %j',
  async (text) => {
    const { count } = await loadTokenizer()
    const began = cpuMs()
    expect(await count([text.repeat(200_000 / text.length)])).toBeGreaterThan(1_000)
    expect(cpuMs() - began).toBeLessThan(30_000)
  },
)

test('others have their turn meanwhile', async () => {
  const { count } = await loadTokenizer()
  let turns = 0
  const timer = setInterval(() => turns++)
  await count(['some words '.repeat(200_000)])
  clearInterval(timer)
  expect(turns).toBeGreaterThan(1)
})
