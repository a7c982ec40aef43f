import { spawnSync } from 'node:child_process'
import type { IncomingMessage, ServerResponse } from 'node:http'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { UNHURRIED } from '../../scripts/unhurried.ts'
import { check, lint } from '../../src/conformance/index.ts'
import { curl } from '../../src/conformance/result/curl.ts'
import { jsonText, type Report, reporters } from '../../src/report/index.ts'
import { escapeText, type Header, type HttpRequest } from '../../src/wire/index.ts'
import { bytes } from '../support/bytes.ts'
import { type CiCommand, ciCommandsIn, COMMANDS, LINE, TEXT } from '../support/ci-commands.ts'
import { rawServer } from '../support/raw-server.ts'
import { contextOf } from '../support/report-context.ts'
import { hostileReport } from '../support/reports.ts'

const CHUNK = { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm' }
const event = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`
const delta = (each: object, finish: string | null = null) =>
  event({ ...CHUNK, choices: [{ index: 0, delta: each, finish_reason: finish }] })
const call = (name: string, args: string) => ({
  tool_calls: [{ index: 0, id: TEXT, type: 'function', function: { name, arguments: args } }],
})

type Answer = readonly [status: number, headers: Record<string, string>, body: string]

const SSE = { 'content-type': 'text/event-stream' }
const JSON_TYPE = { 'content-type': 'application/json' }

const PLACES: Record<string, Answer> = {
  text: [
    200,
    SSE,
    `${delta({ role: 'assistant', content: TEXT })}${delta({}, 'stop')}data: [DONE]\n\n`,
  ],
  members: [
    200,
    SSE,
    event({
      [TEXT]: 1,
      id: TEXT,
      object: TEXT,
      created: TEXT,
      model: TEXT,
      usage: TEXT,
      choices: [
        { index: TEXT, delta: { role: TEXT, content: { [TEXT]: 1 } }, finish_reason: TEXT },
      ],
    }),
  ],
  calls: [200, SSE, `${delta({ role: 'assistant', ...call(TEXT, TEXT) })}${delta({}, TEXT)}`],
  lines: [
    200,
    SSE,
    `${TEXT}: ${TEXT}\n: ${TEXT}\nevent: ${TEXT}\nid: ${TEXT}\nretry: ${TEXT}\ndata: ${TEXT}\n\n`,
  ],
  'error in a stream': [200, SSE, event({ error: { message: TEXT, type: TEXT, code: TEXT } })],
  error: [
    400,
    JSON_TYPE,
    JSON.stringify({ error: { message: TEXT, type: TEXT, param: TEXT, code: TEXT } }),
  ],
  headers: [
    500,
    {
      'content-type': LINE,
      'content-encoding': LINE,
      location: LINE,
      'retry-after': LINE,
      [`x-${'y'.repeat(9)}`]: LINE,
    },
    TEXT,
  ],
  redirect: [307, { location: `http://localhost/${LINE}` }, ''],
  page: [502, { 'content-type': 'text/html' }, `<!doctype html><title>${TEXT}</title>${TEXT}`],
  models: [
    200,
    JSON_TYPE,
    JSON.stringify({ object: 'list', data: [{ id: TEXT, object: TEXT, owned_by: TEXT }] }),
  ],
}

const answerWith =
  ([status, headers, body]: Answer) =>
  (_: IncomingMessage, response: ServerResponse) => {
    response.writeHead(status, LINE.slice(0, 1_000), headers)
    response.end(body)
  }

/** Those that are none of ours. */
function foreignCommands(log: string): CiCommand[] {
  return ciCommandsIn(log).filter(
    ({ runner, command }) =>
      !(
        runner === 'github' &&
        /^::(?:error|warning|notice) (?:file=[^,:]*,)?title=soundcheck%3A /.test(command)
      ),
  )
}

function expectNone(report: Report): void {
  for (const [name, reporter] of Object.entries(reporters)) {
    const widths = name === 'terminal' ? Array.from({ length: 90 }, (_, i) => i + 31) : [100]
    for (const width of widths) {
      const style = { width, color: width % 2 === 0 }
      expect({
        name,
        width,
        commands: foreignCommands(reporter(report, contextOf({ style }))),
      }).toEqual({
        name,
        width,
        commands: [],
      })
    }
  }
}

test('the runners would carry them out', () => {
  const owned = COMMANDS.filter((command) => ciCommandsIn(command).length > 0)
  expect(COMMANDS.filter((command) => !owned.includes(command))).toEqual([
    ':::stop-commands::token',
  ])
  expect(ciCommandsIn('std::vec::Vec http://[::1]:80 ## [link]')).toEqual([])
})

describe('an endpoint that says commands gives none to a log', () => {
  test.each(Object.entries(PLACES))('%s', async (_, answer) => {
    expectNone(
      await check({ url: await rawServer(answerWith(answer)), limits: UNHURRIED, apiKey: 'k' }),
    )
  })

  test('saved, and under a name that is one', () => {
    for (const [place, [, , body]] of Object.entries(PLACES)) {
      expectNone(lint([{ file: `${TEXT}${place}.sse`, body: bytes(body) }]))
    }
    expectNone(hostileReport(TEXT))
  })
})

test('no text starts a command, whatever stands before it and wherever it is broken', () => {
  const part = fc.oneof(
    fc.constantFrom(
      '#',
      '##',
      ':',
      '::',
      '[',
      'error',
      'add-mas',
      '\u212A',
      '\\u{3a}:',
      ' ',
      ']',
      'vso[',
      '\n',
      '\u200D',
      '\uFE0F',
      '👩',
      '1',
    ),
    fc.string({ unit: 'binary', maxLength: 2 }),
  )
  fc.assert(
    fc.property(fc.array(part, { maxLength: 20 }), fc.nat(60), (parts, at) => {
      const shown = escapeText(parts.join(''))
      const log = `${shown.slice(0, at)}\n  ${shown.slice(at)}`
      expect(ciCommandsIn(log)).toEqual([])
      expect(ciCommandsIn(log.normalize())).toEqual([])
    }),
    { numRuns: 5_000 },
  )
})

test.each([
  'std::vec::Vec :: ',
  'http://[fe80::1]:8000/v1 [::ffff:127.0.0.1]',
  '## [link]',
  '👩‍🍳 1️⃣ ❤️‍🔥 葛󠄀',
])('%s is shown as it is, or in JSON', (text) => {
  expect(escapeText(text).replaceAll('\\u{3a}', ':')).toBe(text)
  expect(JSON.parse(jsonText({ [text]: text }))).toEqual({ [text]: text })
})

test('JSON of any text is read as that text, and holds nothing unsafe', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(0, 2), (text, indent) => {
      const value = [{ [text]: text }, TEXT]
      const json = jsonText(value, indent)
      expect(JSON.parse(json)).toEqual(value)
      expect(ciCommandsIn(json)).toEqual([])
      expect(json.replaceAll('\n', '')).not.toMatch(
        /[\0-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/,
      )
    }),
  )
})

/** What a shell passes to `curl` when a command is copied from a terminal. */
function wordsOf(request: HttpRequest): string[] {
  const shown = `  repeat    ${escapeText(curl(request))}`
  expect(ciCommandsIn(shown)).toEqual([])
  const script = shown.replace(
    /^ {2}repeat {4}curl/,
    `"${process.execPath}" -e 'console.log(JSON.stringify(process.argv.slice(1)))' --`,
  )
  const env = { SOUNDCHECK_API_KEY: 'sk-1' }
  return JSON.parse(spawnSync('sh', ['-c', script], { encoding: 'utf8', env }).stdout) as string[]
}

const POST = { method: 'POST', url: 'http://localhost/', headers: [], body: null }

test('a command to copy gives none either, and sends what was sent', () => {
  const content = `${LINE}a\u202eb\u{e0041}`
  const words = wordsOf({
    ...POST,
    url: `http://localhost/${LINE}`,
    headers: [['x', LINE]],
    body: JSON.stringify({ content }, null, 2),
  })
  const sent = words.pop()!
  expect(words).toEqual(['-gN', `http://localhost/${LINE}`, '-H', `x: ${LINE}`, '--data-raw'])
  expect(JSON.parse(sent)).toEqual({ content })
})

test('a command to copy runs nothing that a file says', () => {
  const run = '"$(echo run)`echo run`$SOUNDCHECK_API_KEY\'$(echo run)'
  const headers: Header[] = [
    ['x', run],
    ['authorization', `Bearer $SOUNDCHECK_API_KEY${run}`],
    ['authorization', 'Bearer $SOUNDCHECK_API_KEY'],
    [run, 'Bearer $SOUNDCHECK_API_KEY'],
    ['@/etc/passwd', 'x'],
  ]
  expect(wordsOf({ method: run, url: `-o${run}`, headers, body: `@${run}` })).toEqual([
    '-gN',
    '-X',
    run,
    '--url',
    `-o${run}`,
    '-H',
    `x: ${run}`,
    '-H',
    `authorization: Bearer $SOUNDCHECK_API_KEY${run}`,
    '-H',
    'authorization: Bearer sk-1',
    '--data-raw',
    `@${run}`,
  ])
})

test('a recorded request is repeated without what was for another connection', () => {
  const headers: Header[] = [
    ['Host', '127.0.0.1:8788'],
    ['Content-Length', '3'],
    ['connection', 'keep-alive'],
    ['x-call', '1'],
  ]
  const command = curl({ method: 'POST', url: 'http://h/', headers, body: '{"a":\t1}' })
  expect(command).toBe(`curl -gN 'http://h/' -H 'x-call: 1' --data-raw '{"a": 1}'`)
})
