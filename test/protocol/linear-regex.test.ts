import { describe, expect, test } from 'vitest'
import { linearRegex, NotLinearError, RegexTooLargeError } from '../../src/protocol/index.ts'
import { cpuMs } from '../support/cpu-ms.ts'

/** Expressions, their flags, and texts. */
const PARITY: readonly (readonly [string, string, ...string[]])[] = [
  ['order (\\w+)', 'i', 'Order A12 please', 'my orders', 'order'],
  ['\\b(good ?bye|that is all)\\b', 'i', 'Goodbye!', 'good bye', 'goodbyes'],
  ['^bye', '', 'bye now', 'good bye'],
  ['bye$', '', 'bye', 'bye\n'],
  ['^b', 'm', 'a\nb', 'ab'],
  ['(?<area>\\d{3})-(?<rest>\\d{4})', '', '555-1234', '55-1234'],
  ['(a)|(b)', '', 'a', 'b', 'c'],
  ['a.c', '', 'abc', 'a\nc', 'a\rc', 'a\u2028c'],
  ['a.c', 's', 'a\nc'],
  ['[^]', '', '\n', ''],
  ['[]', '', 'a', ''],
  ['\\s+', '', ' ', '\u00a0', '\u3000', '\ufeff', '\v', 'x'],
  ['\\S', '', '\u00a0', 'x', '\u2028'],
  ['[\\s,]+', '', '\u00a0,', 'x'],
  ['[^\\s]', '', '\u00a0', 'é'],
  ['[\\S]', '', '\u3000', 'é'],
  ['[\\s\\S]*end', '', 'a\u2028b\nend'],
  ['[\\w\\s-]+x', '', 'a- x', 'é'],
  ['[\\s-(]+', '', '- (', 'a'],
  ['[a[]', '', '[', 'b'],
  ['[[:alpha:]]', '', ':]', 'b'],
  ['[\\b]', '', '\b', 'b'],
  ['[\\]\\\\]', '', ']', '\\', 'a'],
  ['[a[^]b]', '', '^b]', 'x'],
  ['\\u00e9|\\x41|\\cJ|\\0', '', 'é', 'A', '\n', '\0', 'u00e9'],
  ['\\u{1F600}', 'u', '😀', 'u'],
  ['\\ud83d\\ude00', '', '😀', 'x'],
  ['^.$', 'u', '😀', 'ab'],
  ['[😀]', 'u', '😀', 'x'],
  ['\\p{L}+', 'u', 'é', '1'],
  ['\\p{Letter}', 'u', 'é', '1'],
  ['\\p{Script=Greek}', 'u', 'α', 'a'],
  ['\\P{Lu}', 'u', 'a', 'A'],
  ['\\p{L}', '', 'p{L}', 'é'],
  ['\\a\\A\\z\\Q\\E\\e', '', 'aAzQEe', 'a'],
  ['\\-\\/\\é', '', '-/é', '-'],
  ['a{,5}|{', '', 'a{,5}', '{', 'a'],
  ['É', 'i', 'é', 'e'],
  ['(?<=\\$)\\d+', '', '$12', '12'],
  ['(?<!un)happy', '', 'happy', 'unhappy'],
  ['^(?=[\\s\\S]*tea)(?=[\\s\\S]*milk)', '', 'milk\nand tea', 'tea'],
  ['^(?!.*milk).*(tea)', '', 'tea', 'tea and milk', 'milk'],
  ['^(?!(?:a|b)\\)).', '', 'a)', 'c)'],
  ['^.{1,4000}$', '', 'x'.repeat(3_500), 'x'.repeat(4_500), ''],
  ['^[a-z]{2000,}?$', '', 'x'.repeat(1_999), 'x'.repeat(2_001)],
  ['[{1,2000}]', '', '{', '9'],
  ['x*?y', '', 'xxy', 'x'],
  ['', '', '', 'x'],
]

describe('means what it means to JavaScript', () => {
  const cases = PARITY.flatMap(([source, flags, ...texts]) =>
    texts.map((text) => [source, flags, text] as const),
  )
  test.each(cases)('/%s/%s in %j', (source, flags, text) => {
    const regex = linearRegex(source, flags)
    const expected = new RegExp(source, flags).exec(text)
    expect(regex.test(text)).toBe(expected !== null)
    const found = regex.exec(text)
    expect(found && [...found]).toEqual(expected === null ? undefined : [...expected])
  })
})

test.each([
  ['(a)\\1', '', 'refers back to a group'],
  ['(?<n>a)\\k<n>', '', 'refers back to a group'],
  ['a(?=b)', '', 'looks ahead elsewhere than right behind "^"'],
  ['^(?=a)b|c', '', 'looks ahead elsewhere than right behind "^"'],
  ['^(?=(a))b', '', 'looks ahead elsewhere than right behind "^"'],
  ['^(?=a)b', 'm', 'looks ahead elsewhere than right behind "^"'],
  ['(?<=(a))b', '', 'captures within a lookbehind'],
  ['[[a-z]--[aeiou]]', 'v', 'has sets within sets of characters'],
])('says why /%s/%s cannot be run', (source, flags, why) => {
  expect(() => linearRegex(source, flags)).toThrow(NotLinearError)
  expect(() => linearRegex(source, flags)).toThrow(why)
})

test.each(['((((a{900}){900}){900}){900})', 'a{100000}', 'x'.repeat(200_000), '(a{900}){900}'])(
  'refuses what is too large: %.30s',
  (source) => {
    expect(() => linearRegex(source)).toThrow(RegexTooLargeError)
  },
)

test('what is no expression is said in the words of JavaScript', () => {
  expect(() => linearRegex('(')).toThrow('Invalid regular expression')
  expect(() => linearRegex('a', 'q')).toThrow(SyntaxError)
})

test.each([
  ['^(a+)+$', 'a'],
  ['([a-z]+)*!', 'a'],
  ['(a|aa)+$', 'a'],
  ['\\s+$', ' '],
  ['(.*)(.*)(.*)(.*)z', 'a'],
  ['^(?=(?:a|a)*$)(?:a+)+$', 'a'],
])('/%s/ takes time in proportion to the text', (source, letter) => {
  const regex = linearRegex(source)
  const began = cpuMs()
  expect(regex.test(`${letter.repeat(200_000)}b`)).toBe(false)
  expect(regex.exec(`z!${letter.repeat(200_000)}b`)).toBeOneOf([undefined, expect.anything()])
  expect(cpuMs() - began).toBeLessThan(30_000)
})
