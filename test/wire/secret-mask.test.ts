import { describe, expect, test } from 'vitest'
import { secretMask, secretsOf } from '../../src/wire/index.ts'
import { bytes } from '../support/bytes.ts'
import { delta } from '../support/exchanges.ts'
import { cpuMs } from '../support/cpu-ms.ts'

const KEY = 'sk-proj-4aZq7+Wm/9xKc2=Lt5vBn8Ry3'
const mask = (text: string, key = KEY) =>
  secretMask(secretsOf({ givenUrl: '', apiKey: key, headers: [] })).text(text)
const maskBody = (body: string, key = KEY) =>
  new TextDecoder().decode(secretMask([key]).body(bytes(body)))

test.each([
  [`Bad key ${KEY}.`, 'Bad key *********************************.'],
  ['Bad key sk-proj-4aZ...', 'Bad key ***********...'],
  ['Bad key ...Lt5vBn8Ry3', 'Bad key ...**********'],
  ['the first eight: /9xKc2=L', 'the first eight: ********'],
  ['%2F9xkc2%3dLt', '*************'],
  ['%252F9xKc2%253dLt', '*****************'],
  ['\\/9xKc2\\u003DLt', '***************'],
  ['&sol;9xKc2&#61;Lt', '*****************'],
  ['&#X2f;9xKc2&#061Lt', '******************'],
  ['\\x{2f}9xKc2\\x3DLt', '*****************'],
  ['%u002F9xKc2%u003DLt', '*******************'],
  ['\\U0000002F9xKc2\\U0000003DLt', '***************************'],
])('%s', (text, masked) => {
  expect(mask(text)).toBe(masked)
})

test('base64 is found within the base64 of more, wherever the secret stands in it', () => {
  for (const before of ['', 'a', 'ab']) {
    const encoded = btoa(`{"${before}${KEY}"}`)
    const masked = mask(encoded)
    expect(masked).toMatch(/^[\w+/]{2,6}\*{40,}[\w+/]{1,5}={0,2}$/)
    expect(masked).toHaveLength(encoded.length)
  }
})

test('base32 is found wherever the secret stands in it, in either case', () => {
  for (const before of ['', 'a', 'ab', 'abc', 'abcd']) {
    const encoded = base32(`${before}${KEY}${before}`)
    const masked = mask(encoded)
    expect(masked).toMatch(/^\w{0,7}\*{51,}\w{0,7}$/)
    expect(masked).toHaveLength(encoded.length)
    expect(mask(`${encoded.toLowerCase()}===`)).toContain('*'.repeat(51))
  }
})

/** By RFC 4648, without padding. */
function base32(text: string): string {
  const bits = Array.from(text, (each) => each.charCodeAt(0).toString(2).padStart(8, '0')).join('')
  return bits.replaceAll(/.{1,5}/g, (digit) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.charAt(Number.parseInt(digit.padEnd(5, '0'), 2)),
  )
}

const printed = (text: string, spelled: RegExp) =>
  text.replaceAll(spelled, (each) => `=${each.charCodeAt(0).toString(16).toUpperCase()}`)

test.each([
  ['an encoded word, Q', `=?utf-8?Q?${printed(KEY, /\W/g)}?=`],
  ['an encoded word, B', `=?utf-8?B?${btoa(KEY)}?=`],
  ['quoted-printable', printed(KEY, /./g)],
  ['quoted-printable, in lines', printed(KEY, /=/g).replaceAll(/.{5}/g, '$&=\r\n')],
  ['lines within JSON', printed(KEY, /=/g).replaceAll(/.{5}/g, '$&=\\n')],
])('a key is found in %s', (_, text) => {
  expect(mask(text).replaceAll('\r\n', '')).toMatch(/^(?:=\?utf-8\?.\?)?\*{33,}(?:\?=)?$/)
})

test('an equals sign may as well stand before a key', () => {
  expect(mask('?key=4aZq7Wm9&x=2f', '4aZq7Wm9')).toBe('?key=********&x=2f')
})

test.each([
  ['a buffer in JSON', JSON.stringify([...Buffer.from(KEY)])],
  ['a list', [...Buffer.from(KEY)].join(', ')],
  [
    'bytes with colons',
    Buffer.from(KEY)
      .toString('hex')
      .replaceAll(/..(?!$)/g, '$&:'),
  ],
  [
    'bytes with spaces',
    Buffer.from(KEY)
      .toString('hex')
      .replaceAll(/..(?!$)/g, '$& '),
  ],
  ['literals', Array.from(Buffer.from(KEY), (byte) => `0x${byte.toString(16)}`).join(', ')],
  ['UTF-16', Buffer.from(KEY, 'utf16le').toString('latin1')],
  ['UTF-16, the other way', Buffer.from(KEY, 'utf16le').swap16().toString('latin1')],
  ['base64 of base64', btoa(btoa(KEY))],
])('a key is found as %s', (_, text) => {
  const masked = mask(text)
  expect(masked).toHaveLength(text.length)
  expect(masked).toMatch(/^[[\0]?\*{40,}[^*]{0,4}$/)
})

describe('ordinary words stay', () => {
  test.each([
    ['the usual mask of a key', 'Incorrect API key provided: sk-pr***8Ry3', KEY],
    ['how all keys begin', 'Keys begin with "sk-proj-"', KEY],
    ['a key that is none', 'none of them, and no secret; a test is EMPTY', 'none'],
    ['EMPTY', 'the data is empty, EMPTY', 'EMPTY'],
    ['test', 'this test passed', 'test'],
    ['secret', 'leave the secret out', 'secret'],
    ['ollama', 'ollama answered', 'ollama'],
    ['a placeholder', 'such as sk-...', 'sk-...'],
    ['one of three characters', 'a1b', 'a1b'],
    ['a part of a word', '{"created":1712345678,"id":"x1234y"}', '1234'],
    ['words of a key of words', 'a key is required, no-key', 'sk-no-key-required-1'],
    ['words that begin like its own', 'requirements, authorization', 'xrequire-authorize-1'],
    ['how URLs begin', 'https://hosts.example', 'https://hooks.example.com/T0A1B2C3'],
    ['a number that has its digits', 'in 91234567890, 12345678901', 'sk-1234567890abcdef'],
    ['a longer number', '{"created":1712345678}', '12345678'],
    ['zeros of a longer number', 'in 1000000000', '00000000'],
    ['a scheme', 'Send a Bearer token', 'Bearer 4aZq7-Wm9xKc2'],
  ])('%s', (_, text, key) => {
    expect(mask(text, key)).toBe(text)
  })

  test.each([
    ['are all of a secret', '"correct-horse-battery-staple"', '"****************************"'],
    ['are several', 'a horse-battery', 'a *************'],
    ['are cut', 'see "ct-horse-batte..."', 'see "**************..."'],
    ['are one that is cut', 'see "...orizations', 'see "...**********'],
  ])('but not where they %s', (_, text, masked) => {
    expect(secretMask(['correct-horse-battery-staple', 'authorizations-1-2']).text(text)).toBe(
      masked,
    )
  })

  test.each(['foo-bar-baz-qux-quux', 'magic-horse-apple-stone', 'my key for the dev env'])(
    'nor where a phrase of short words is cut at the end of one: %s',
    (phrase) => {
      const words = phrase.split(/(?<=[ -])/)
      for (let from = 0; from < words.length; from++) {
        for (let to = from + (from === 0 ? 3 : 2); to <= words.length; to++) {
          const part = words.slice(from, to).join('').replace(/[ -]$/, '')
          if (part.length < 8) continue
          expect(mask(`see "${part}…"`, phrase)).toBe(`see "${'*'.repeat(part.length)}…"`)
        }
      }
    },
  )

  test.each(['\n', '\r\n', '_', '-', '', '%20'])('nor where %j joins the words', (joint) => {
    const phrase = 'my key for the dev env'
    const text = phrase.replaceAll(' ', joint)
    expect(mask(`<${text}>`, phrase)).toBe(`<${text.replaceAll(/[^\r\n]/g, '*')}>`)
  })

  test('and lines of a body stay lines', () => {
    const body = 'event: my\nkey\nfor\nthe\ndev\nenv'
    expect(maskBody(body, 'my key for the dev env')).toBe('event: **\n***\n***\n***\n***\n***')
  })

  test('and short secrets are found where they stand alone', () => {
    expect(mask('bad key "1234".', '1234')).toBe('bad key "****".')
  })
})

describe('piece by piece', () => {
  test('contents of one choice, and not of others', () => {
    const choice = (index: number, content: string) =>
      `data: {"choices":[{"delta":{"content":"${content}"},"index":${index}}]}\n\n`
    const body = Array.from(KEY, (each) => choice(0, each) + choice(1, 'b')).join('')
    const masked = Array.from(KEY, () => choice(0, '*') + choice(1, 'b')).join('')
    expect(maskBody(body)).toBe(masked)
  })

  test('arguments of one call, whose escapes may begin in one fragment and end in another', () => {
    const call = (index: number, fragment: string) =>
      delta({ tool_calls: [{ index, function: { arguments: fragment } }] })
    const streamed = (text: string) =>
      Array.from(text, (each) => call(0, each) + call(1, 'x')).join('')
    const spelled = KEY.replaceAll('/', '\\/')
    const hidden = streamed('*'.repeat(spelled.length))
    // A backslash takes two characters.
    expect(maskBody(streamed(spelled)).replaceAll('"**"', '"*"')).toBe(hidden)
  })

  const parts = KEY.match(/.{1,5}/g)!
  const stars = parts.map((part) => '*'.repeat(part.length))

  test('ids of calls, streamed or all in one answer', () => {
    const streamed = (ids: string[]) =>
      ids.map((id, index) => delta({ tool_calls: [{ index, id, type: 'function' }] })).join('')
    expect(maskBody(streamed(parts))).toBe(streamed(stars))
    const whole = (ids: string[], space?: number) =>
      JSON.stringify({ calls: ids.map((id) => ({ id, type: 'function' })) }, null, space)
    expect(maskBody(whole(parts))).toBe(whole(stars))
    expect(maskBody(whole(parts, 2))).toBe(whole(stars, 2))
  })

  test('names of members, however often they come', () => {
    const named = (names: string[]) =>
      delta({ metadata: Object.fromEntries(names.map((name) => [name, 'x'])) }).repeat(3)
    expect(maskBody(named([KEY]))).toBe(named(['*'.repeat(KEY.length)]))
    const masked = maskBody(named(parts))
    for (const part of parts) expect(masked).not.toContain(part)
    expect(maskBody(delta({ content: 'Hello.' }).repeat(3) + named(parts))).toContain(masked)
  })

  test('names among those that each line has', () => {
    const named = (names: string[]) =>
      names.map((name) => `data: {"id":"a","choices":[{"index":0,"${name}":{}}],"${name}":1}\n\n`)
    const body = named(parts).join('').repeat(3)
    expect(maskBody(body)).toBe(named(stars).join('').repeat(3))
  })

  test('strings and names within the arguments of a call', () => {
    const called = (each: string[]) =>
      delta({ tool_calls: [{ function: { arguments: JSON.stringify({ a: each }) } }] }) +
      delta({
        tool_calls: [
          { arguments: JSON.stringify(Object.fromEntries(each.map((name) => [name, 1]))) },
        ],
      })
    const masked = maskBody(called(parts))
    for (const part of parts) expect(masked).not.toContain(part)
    expect(masked).toHaveLength(called(parts).length)
  })

  test('lines without strings', () => {
    const body = Array.from(KEY, (each) => `data: ${each}\r\n\r\n`).join('')
    expect(maskBody(body)).toBe('data: *\r\n\r\n'.repeat(KEY.length))
  })

  test('nothing else is touched, and the same body comes back', () => {
    const body = bytes(`${delta({ content: 'Hello.' })}{"not": "json\n"[[[`)
    expect(secretMask([KEY]).body(body)).toBe(body)
  })

  test('what is masked is a copy', () => {
    const body = Buffer.from(KEY)
    secretMask([KEY]).body(body)
    expect(String(body)).toBe(KEY)
  })
})

// A quadratic search would take hours.
test.each([
  ['escapes', '\\u0061'],
  ['escapes of escapes', '%25'],
  ['backslashes', '\\'],
  ['quotation marks', '"'],
  ['short lines', '"a"\n'],
  ['brackets', '['],
  ['starts of the secret', KEY.slice(0, 9)],
  ['the secret', KEY],
  ['what the secret repeats', 'A'],
])('a large body of %s takes seconds', (_, unit) => {
  const body = bytes(unit.repeat((4 * 2 ** 20) / unit.length))
  const start = cpuMs()
  const { body: maskOf } = secretMask([KEY, `1${'A'.repeat(2_000)}2`])
  expect(maskOf(body)).toHaveLength(body.length)
  expect(cpuMs() - start).toBeLessThan(30_000)
})

test.each([
  ['ampersands', '&'],
  ['entities', '&amp;'],
  ['quoted-printable', '=25'],
  ['bytes', '0x73, '],
  ['decimals', '115, '],
  ['zeros', 's\0'],
  ['how the keys begin', 'sk-proj-'],
])('a large body of %s does not hold up the others', (_, unit) => {
  const keys = Array.from('abcde', (each) => `sk-proj-${each}4Zq7${each.repeat(20)}`)
  const { body: maskOf } = secretMask(keys)
  const body = bytes(unit.repeat((4 * 2 ** 20) / unit.length))
  const start = cpuMs()
  expect(maskOf(body)).toBe(body)
  expect(cpuMs() - start).toBeLessThan(5_000)
})

test.each([
  ['{"seed":123456789,"a":[-123456789]}', '{"seed":111111111,"a":[-111111111]}'],
  [
    '{"a":[ 123456789\n, 1]} order: 123456789, please',
    '{"a":[ 111111111\n, 1]} order: 111111111, please',
  ],
  ['call 123456789 or: 123456789.', 'call ********* or: *********.'],
  ['{"seed":"123456789","a":"\\"123456789"}', '{"seed":"*********","a":"\\"*********"}'],
])('a number of JSON stays one: %s', (body, masked) => {
  expect(maskBody(body, 'sk-test-123456789')).toBe(masked)
  expect(mask(body, 'sk-test-123456789')).toBe(masked)
})

test('a secret may stand where one block ends and the next begins', () => {
  const filler = 'a'.repeat(0x4_0000 - 10)
  expect(mask(filler + KEY).endsWith('*'.repeat(KEY.length))).toBe(true)
})
