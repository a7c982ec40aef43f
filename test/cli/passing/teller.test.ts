import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import { Teller } from '../../../src/cli/passing/teller.ts'
import {
  type CheckFinding,
  type Exchange,
  findingsIn,
  lint,
} from '../../../src/conformance/index.ts'
import { Conversations } from '../../../src/tap/index.ts'
import { DONE, exchangeOf, says } from '../../support/exchanges.ts'

let count = 0

function exchange(conversation: string, answer: string, path = '/v1/chat/completions'): Exchange {
  const messages = [{ role: 'user', content: `${++count}` }]
  return exchangeOf([[50, answer]], {
    id: `tap-${count}`,
    startedAt: new Date(Date.UTC(2026, 0, 1) + 60_000 * count).toISOString(),
    request: {
      method: 'POST',
      url: `http://localhost${path}`,
      headers: [],
      body: JSON.stringify({ model: 'm', stream: true, messages, user_id: conversation }),
    },
  })
}

const WELL = `${says('At nine.')}${DONE}`
const UNENDED = says('At nine.')

function telling(options: { readonly all?: boolean; readonly width?: number } = {}) {
  const { all = false, width = 80 } = options
  const lines: string[] = []
  const conversations = new Conversations()
  const teller = new Teller({ print: (line) => lines.push(line), width: () => width, all })
  return {
    lines,
    teller,
    pass: (passed: Exchange, findings?: CheckFinding[], observations: CheckFinding[] = []) => {
      teller.tell({
        exchange: passed,
        turns: conversations.add(passed),
        findings: findings ?? findingsIn(lint([{ file: passed.id, exchange: passed }])),
        observations,
      })
    },
  }
}

/** A finding of a check, as if it had been found. */
function finding(check: string, message: string): CheckFinding {
  const [found] = findingsIn(lint([{ file: 'a', exchange: exchange('a', UNENDED) }]))
  return { check, finding: { ...found!.finding, message } }
}

test('each kind is told once a conversation, and at the end how often it came', () => {
  const { lines, pass, teller } = telling()
  for (let i = 0; i < 3; i++) pass(exchange('one', UNENDED))
  pass(exchange('two', UNENDED))
  const told = (text: string) => lines.filter((line) => line.includes(text))
  expect(told('x sse/done ')).toHaveLength(2)
  teller.tellCounts()
  expect(told('times')).toContainEqual('  sse/done  4 times  in 2 conversations')
})

test('a line tells of the silence in which the voice waited for more', () => {
  const { lines, pass } = telling({ all: true, width: 120 })
  const [begun, rest] = [says('We open at nine. '), `${says('We close at six.')}${DONE}`]
  pass(
    exchangeOf(
      [
        [50, begun],
        [3_000, rest],
      ],
      { request: exchange('one', WELL).request },
    ),
    [],
  )
  pass(
    exchangeOf(
      [
        [50, begun],
        [900, rest],
      ],
      { request: exchange('two', WELL).request },
    ),
    [],
  )
  expect(lines[0]).toContain('  dead air 1.9 s  ')
  expect(lines[1]).not.toContain('dead air')
})

test('what was told whenever it was found is not counted at the end', () => {
  const { lines, pass, teller } = telling()
  pass(exchange('one', UNENDED))
  pass(exchange('two', UNENDED))
  const before = lines.length
  teller.tellCounts()
  expect(lines).toHaveLength(before)
})

test('what belongs to no conversation is counted, too', () => {
  const { lines, pass, teller } = telling()
  const found = finding('sse/done', 'It has no end.')
  for (let i = 0; i < 2; i++) pass(exchange('one', WELL, '/v1/models'), [found])
  teller.tellCounts()
  expect(lines.at(-1)).toBe('  sse/done  2 times  outside conversations')
})

test('of many that came again, the most frequent are told', () => {
  const { lines, pass, teller } = telling()
  for (let i = 0; i < 30; i++) {
    const again = finding(`sse/kind-${i}`, 'It has no end.')
    for (let j = 0; j < (i === 7 ? 3 : 2); j++) pass(exchange('call', WELL), [again])
  }
  teller.tellCounts()
  const counts = lines.slice(lines.indexOf('Told once, and found again:') + 1)
  expect(counts).toHaveLength(21)
  expect(counts[0]).toBe('  sse/kind-7  3 times  in 1 conversation')
  expect(counts.at(-1)).toBe('  and 10 more')
})

test('what shows beside others is told once, and not counted', () => {
  const { lines, pass, teller } = telling()
  const same = finding('behaviour/constant-reply', 'Every reply says the same.')
  for (let i = 0; i < 3; i++) pass(exchange('one', WELL), [], [same])
  teller.tellCounts()
  expect(lines).toEqual([
    expect.stringContaining('one turn 1'),
    expect.stringContaining('behaviour/constant-reply  Every reply says the same.'),
  ])
})

test('an answer in whose place others were heard is told once a conversation', () => {
  const { lines, pass } = telling()
  const history: object[] = []
  for (const word of ['Hello?', 'Still there?', 'So?']) {
    history.push({ role: 'user', content: word })
    const { request, ...rest } = exchange('one', WELL)
    const body = JSON.stringify({ model: 'm', messages: history, user_id: 'one' })
    pass({ ...rest, request: { ...request, body } }, [])
    history.push({ role: 'assistant', content: 'Sorry, I did not get that.' })
  }
  expect(lines).toEqual([
    expect.stringContaining('one turn 2'),
    expect.stringMatching(
      /^ {10}i turn 1 was not what the caller heard: the history has other word/,
    ),
  ])
})

test('what a turn was is told where the next one shows it, if all is', () => {
  const [quiet, loud] = [telling(), telling({ all: true })]
  const asked = (history: readonly string[]) => {
    const messages = history.map((content, i) => ({ role: i % 2 ? 'assistant' : 'user', content }))
    const { request, ...rest } = exchange('one', WELL)
    return {
      ...rest,
      request: { ...request, body: JSON.stringify({ model: 'm', messages, user_id: 'one' }) },
    }
  }
  const histories = [['When'], ['When do you open?'], ['When do you open?', 'At', 'Thanks.']]
  for (const passed of histories.map(asked)) for (const each of [quiet, loud]) each.pass(passed, [])
  expect(quiet.lines).toEqual([])
  expect(loud.lines).toEqual([
    expect.stringMatching(/one turn 1 {2}200/),
    expect.stringMatching(/one turn 1 {2}200/),
    '          i turn 1 was speculative',
    expect.stringMatching(/one turn 2 {2}200/),
    '          i turn 1 was interrupted',
  ])
})

test('of what is well, nothing is told, unless it is asked for', () => {
  const [quiet, loud] = [telling(), telling({ all: true })]
  for (let i = 0; i < 5; i++) quiet.pass(exchange('one', WELL), [])
  quiet.teller.tellCounts()
  loud.pass(exchange('one', WELL), [])
  expect(quiet.lines).toEqual([])
  expect(loud.lines).toEqual([expect.stringContaining('first content 50 ms')])
})

test.each([40, 80, 120])('no line is wider than %i columns, or more than one', (width) => {
  const { lines, pass, teller } = telling({ all: true, width })
  const long = 'Wide 漢字かな, 👩‍👩‍👧, é, and \u001B[2J\n more. '.repeat(9)
  pass(exchange('會話'.repeat(30), UNENDED), [finding('sse/done', long)])
  pass(exchange('會話'.repeat(30), WELL), [finding('sse/done', long)])
  pass(exchange('x'.repeat(300), WELL), [finding('sse/done', 'x'.repeat(width - 22))])
  pass(exchange('one', WELL, `/v1/${'漢'.repeat(200)}`), [])
  teller.tellCounts()
  expect(lines.length).toBeGreaterThan(6)
  expect(Math.max(...lines.map((line) => stringWidth(line)))).toBe(width)
  expect(lines.join('')).not.toMatch(/[\n\u001B]/)
})
