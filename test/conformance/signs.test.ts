import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findGap } from '../../src/conformance/check/find-gap.ts'
import { DEFAULT_LIMITS } from '../../src/conformance/check/limits.ts'
import { showsAny } from '../../src/conformance/check/signs.ts'
import { checks, checksFor } from '../../src/conformance/checks/index.ts'
import { Evidence } from '../../src/conformance/evidence/evidence.ts'
import { chat } from '../../src/protocol/index.ts'
import { exchangeFromJson } from '../../src/wire/index.ts'
import { bytes } from '../support/bytes.ts'
import { event } from '../support/exchanges.ts'

const RUNS = { numRuns: 3_000 }
const legal = new URL('../../fixtures/exchanges/legal/', import.meta.url)
const sensing = checksFor(chat).filter(({ signs }) => signs)

/** What checks find in an exchange that shows no sign of it, and which of them had none to go by. */
function foundWithoutSigns(evidence: Evidence) {
  const unled = sensing.filter(
    ({ needs, signs }) => !findGap(needs, evidence) && !showsAny(signs!, evidence),
  )
  const found = unled.flatMap(({ id, inspect }) => {
    const observing = inspect!(evidence, DEFAULT_LIMITS)
    const { done, value } = observing.next()
    return done && value === undefined ? [] : [`${id}: ${JSON.stringify(value)}`]
  })
  return { unled, found }
}

const ofBody = (body: string) => Evidence.ofBody('body', bytes(body))

function chunk(choice: object, rest: object = {}): object {
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1_767_225_600,
    model: 'a-model',
    choices: [{ index: 0, delta: {}, finish_reason: null, ...choice }],
    ...rest,
  }
}

const END = `${event(chunk({ finish_reason: 'stop' }))}${event('[DONE]')}`

function reply(texts: readonly string[]): string {
  return `${texts.map((content) => event(chunk({ delta: { content } }))).join('')}${END}`
}

test('a plain reply shows no sign of anything', () => {
  const call = { name: 'lookup_order', arguments: '{"order_number":"A1042"}' }
  const plain = [
    ['Yes, ', 'that works. ', 'We are open from 9 to 5, ', 'on Mondays, too.'],
    ['Größe: über ein Mètre – “so la la”?'],
  ].map((texts) => ofBody(reply(texts)))
  const calling = ofBody(
    `${event(chunk({ delta: { tool_calls: [{ index: 0, id: 'call_1', type: 'function', function: call }] } }))}${END}`,
  )
  for (const { id, signs } of sensing) {
    for (const evidence of [...plain, calling])
      expect([id, showsAny(signs!, evidence)]).toEqual([id, false])
  }
})

test.each(readdirSync(legal))('nothing is found without a sign in %s', (file) => {
  const exchange = exchangeFromJson(JSON.parse(readFileSync(new URL(file, legal), 'utf8')))
  expect(foundWithoutSigns(Evidence.ofExchange(exchange)).found).toEqual([])
})

const PARTS = [
  'Agent stopped due to max iterations.',
  "'str' object is not callable",
  `${'x'.repeat(31)} ${'y'.repeat(31)}`,

  '**',
  '*',
  '#',
  '# A b',
  '\n',
  '\n\n',
  '- ',
  '1. ',
  '`',
  '```',
  '~~~',
  '|',
  '<',
  '>',
  '</',
  '[',
  ']',
  '(',
  ')',
  '{',
  '}',
  '"',
  "'",
  '’',
  '“',
  '”',
  '…',
  '...',
  '.',
  '!',
  '?',
  ',',
  ':',
  ';',
  '-',
  '–',
  '—',
  '\\',
  '/',
  '@',
  '$',
  '€',
  '%',
  '&',
  '&amp;',
  '_',
  '=',
  '+',
  '|>',
  '<|',
  '0',
  '7',
  '42',
  '1,000',
  ' ',
  '  ',
  '\t',
  '\r',
  'think',
  'The user asks',
  'the caller',
  'Error',
  'error: ',
  'Exception: x',
  'Traceback',
  'undefined',
  'null',
  'None',
  'NaN',
  'Hello ',
  'www.',
  'https://',
  'a.example',
  "b'x'",
  'analysis',
  'assistantfinal',
  'object',
  '.A',
  'Bad Gateway',
  'Service Unavailable',
  'Too Many Requests',
  'upstream connect error',
  'Agent stopped',
  'lookup_order',
  'transferCall',
  'endsHere',
  'x'.repeat(31),
  'é',
  'ß',
  'Ä',
  'Ã',
  '¤',
  'â',
  '€',
  '™',
  'ð',
  'Ÿ',
  'ï',
  '»',
  '¿',
  'Ġ',
  'Ċ',
  'Ģ',
  'Ł',
  '▁',
  'ж',
  '語',
  '。',
  '😊',
  '\uFE0F',
  '\u20E3',
  '\u{1F1E9}',
  '\uFFFD',
  '\uD83D',
  'И.Я',
  'word',
  'two words',
  'Sure',
  'No.',
  'Well',
  ' and ',
  'Name',
  'a',
  'B',
  'ab',
  '\u00A0',
  '\u2028',
  '℅',
  'Ⅷ',
  'º',
]
const text = fc.array(
  fc.oneof(fc.constantFrom(...PARTS), fc.constantFrom('so ', ' it is', 'is ')),
  {
    minLength: 1,
    maxLength: 8,
  },
)

test('nothing is found in a text that shows no sign of it', () => {
  const unled = new Set<string>()
  fc.assert(
    fc.property(text, (texts) => {
      const seen = foundWithoutSigns(ofBody(reply(texts)))
      for (const { id } of seen.unled) unled.add(id)
      expect(seen.found).toEqual([])
    }),
    RUNS,
  )
  expect([...unled]).toContain('voice/tool-call-as-text')
})

const MEMBERS = [
  'id',
  'object',
  'created',
  'model',
  'choices',
  'usage',
  'error',
  'index',
  'delta',
  'finish_reason',
  'role',
  'content',
  'tool_calls',
  'function',
  'name',
  'arguments',
  'type',
  'function_call',
  'logprobs',
]
const VALUES = [
  'call_1',
  'call_2',
  null,
  '',
  0,
  1,
  -1,
  1.5,
  1_767_225_600_000,
  'x',
  'stop',
  'error',
  'user',
  [],
  {},
  [null],
  [{}],
  true,
  '{"a":1}',
  '{"a":"<|x|>"}',
  { total_tokens: 1 },
  { message: 'It broke.' },
]
const CALLS = [
  { index: 0, id: 'call_1', type: 'function', function: { name: 'a', arguments: '' } },
  { index: 0, function: { arguments: '{"b":"c"}' } },
  { index: 1, id: 'call_2', type: 'function', function: { name: 'd', arguments: '{}' } },
]
const CHUNKS = [
  chunk({ delta: { role: 'assistant', content: '' } }),
  chunk({ delta: { content: 'Of course.' } }),
  ...CALLS.map((call) => chunk({ delta: { tool_calls: [call] } })),
  chunk({ finish_reason: 'tool_calls' }),
]
const edit = fc.record({
  event: fc.nat(CHUNKS.length - 1),
  member: fc.constantFrom(...MEMBERS),
  /** Nothing removes it. */
  value: fc.constantFrom(undefined, ...VALUES),
  at: fc.nat(),
})

/** Sets a member of one of the objects within a value. */
function setWithin(json: object, member: string, value: unknown, at: number): void {
  const objects: object[] = []
  const collect = (each: unknown): void => {
    if (typeof each !== 'object' || each === null) return
    if (!Array.isArray(each)) objects.push(each)
    for (const inner of Object.values(each)) collect(inner)
  }
  collect(json)
  const having = objects.filter((each) => Object.hasOwn(each, member))
  const chosen = having.length > 0 ? having : objects
  Object.assign(chosen[at % chosen.length]!, { [member]: structuredClone(value) })
}

const LINES = [
  '',
  ': ping',
  'id: 1',
  'event: x',
  'data:',
  'data: [DONE]',
  '{"a":1}',
  '\uFEFF',
  'data: \\ud83d',
  'x',
]

test('nothing is found in chunks, calls and lines that show no sign of it', () => {
  const unled = new Set<string>()
  const line = fc.record({ line: fc.constantFrom(...LINES), at: fc.nat(30) })
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 2 }), fc.option(line), (edits, extra) => {
      const chunks = structuredClone(CHUNKS)
      for (const { event: i, member, value, at } of edits) setWithin(chunks[i]!, member, value, at)
      const lines = `${chunks.map(event).join('')}${event('[DONE]')}`.split('\n')
      if (extra) lines.splice(extra.at, 0, extra.line)
      const seen = foundWithoutSigns(ofBody(lines.join('\n')))
      for (const { id } of seen.unled) unled.add(id)
      expect(seen.found).toEqual([])
    }),
    RUNS,
  )
  expect(unled.size).toBeGreaterThan(30)
})

test('where nothing can be compared, a check finds nothing', () => {
  const found = checks.filter(({ compare }) => compare?.([], DEFAULT_LIMITS).next().done === false)
  expect(found).toEqual([])
})
