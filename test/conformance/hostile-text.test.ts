import { describe, expect, test } from 'vitest'
import { type CheckResult, lint } from '../../src/conformance/index.ts'
import { delta, DONE, exchangeOf, says } from '../support/exchanges.ts'
import { cpuMs } from '../support/cpu-ms.ts'

const BYTES = 400_000
const DELTAS = 800

/** What patterns begin with, look ahead for, or count; none of it goes on as they want. */
const PARTS = [
  ...'!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~0aZ \n\té你。😊\u0301'.match(/./gsu)!,
  '👨\u200d',
  '1️⃣',
  '🇩🇪',
  'a\u0301',
  'a.',
  'a-',
  'a.b@',
  'a@a.',
  'www.',
  'http://a.',
  '| ',
  '\n|a',
  '|a|\n',
  '**',
  '**a ',
  '```\n',
  '# ',
  '\n- ',
  '\n1. ',
  '[a](',
  '$$',
  '\\(',
  '\\[',
  '<a ',
  '<|',
  '<|a',
  '<a|',
  'Ġ',
  'aĠ',
  '▁',
  '<think>',
  '<function=',
  'a(a=',
  'a: {a',
  'a.a',
  'Action: a\n',
  '*a ',
  '&#1',
  '{{a',
  'Ã',
  'ãš',
  '\\"',
  '{"name": "',
  '{"a":',
  '[1,',
  'Error: ',
  'A.b',
  'aa.A',
  '1,000',
  '+1-',
  'Mr. ',
  '... ',
  'word ',
]

/** Judges the answer to a request for a stream, by the checks that are named, or by all. */
function judge(body: string, only?: string[], user = 'Hi.'): readonly CheckResult[] {
  const { request } = exchangeOf([])
  const asked = { model: 'm', stream: true, messages: [{ role: 'user', content: user }] }
  const exchange = exchangeOf([[10, body]], {
    probe: 'call',
    request: { ...request, body: JSON.stringify(asked) },
  })
  const [file] = lint([{ file: 'call.json', exchange }], only && { only }).files
  const broken = file!.checks.filter(({ reason }) => reason?.includes('harness-error'))
  expect(broken).toEqual([])
  return file!.checks
}

function judgeAll(texts: readonly string[]): void {
  const start = cpuMs()
  const checks = judge(`${delta({ role: 'assistant' })}${texts.map(says).join('')}${DONE}`)
  const ofVoice = checks.filter(({ id }) => id.startsWith('voice/'))
  expect(
    ofVoice.filter(({ status }) => status === 'pass' || status === 'fail').length,
  ).toBeGreaterThan(8)
  // A tenth of a second; or many, where each place is looked at from each.
  expect(cpuMs() - start).toBeLessThan(3_000)
}

describe('a long text of any kind is judged in time linear in its length', () => {
  test.each(PARTS)('%j', (part) => {
    const text = part.repeat(BYTES / Buffer.byteLength(part))
    judgeAll([text])
    const each = Math.ceil(text.length / DELTAS)
    judgeAll(Array.from({ length: DELTAS }, (_, i) => text.slice(i * each, (i + 1) * each)))
  })
})

test.each([
  ['errors/error-as-speech', 'a.'],
  ['voice/code-or-table', '|a'],
])('%s overflows no stack on %j', (id, part) => {
  const [result] = judge(`${says(part.repeat(1_500_000))}${DONE}`, [id])
  expect(result!.status).not.toBe('skip')
})

test.each([
  ['voice/leftovers', '&#&#9&#99;', (i: number) => `&#${10_000 + i};`],
  ['voice/leftovers', '{{a1{{a2', (i: number) => `{{a${i}}}`],
  ['voice/special-tokens', '<|a1<|a2', (i: number) => `<|a${i}|>`],
])('%s: thousands of passages are looked for in a megabyte of %j', (id, part, passage) => {
  const start = cpuMs()
  const body = `${says(Array.from({ length: 9_000 }, (_, i) => passage(i)).join(' '))}${DONE}`
  const [result] = judge(body, [id], part.repeat(BYTES / part.length))
  expect(result!.status).toBe('fail')
  // Half a second; 8, or many more, where each is looked for.
  expect(cpuMs() - start).toBeLessThan(4_000)
})
