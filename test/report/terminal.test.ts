import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import { check, type CheckReport, checks, lint } from '../../src/conformance/index.ts'
import {
  checkListText,
  checkPageText,
  checkReportText,
  failureText,
  lintReportText,
  type TerminalStyle,
} from '../../src/report/index.ts'
import { fixFirst } from '../../src/report/verdicts/fix-first.ts'
import { bytes } from '../support/bytes.ts'
import { faultOf } from '../support/fault.ts'
import { referenceServer } from '../support/reference-server.ts'

const PLAIN: TerminalStyle = { width: 100, color: false }

/** Without what differs from run to run, and how many checks there are by now. */
function steady(text: string): string {
  return text
    .replaceAll(/127\.0\.0\.1:\d+/g, 'HOST')
    .replaceAll(/\+\d+ ms/g, '+N ms')
    .replaceAll(/after \d+ ms/g, 'after N ms')
    .replaceAll(/\d+ ms \(worst\)/g, 'N ms (worst)')
    .replaceAll(/in \d+\.\d s/g, 'in N s')
    .replaceAll(/\d+ (?=passed|skipped|checks|requests)/g, 'N ')
}

async function reportOf(checkId?: string, mutant?: string): Promise<CheckReport> {
  const faulty = checkId !== undefined && mutant !== undefined ? faultOf(checkId, mutant) : {}
  return check({
    url: await referenceServer(faulty),
    only: ['sse', 'stream', 'tools'],
  })
}

test('a good endpoint', async () => {
  expect(steady(checkReportText(await reportOf(), PLAIN))).toMatchSnapshot()
})

test('a failure has its anatomy: what, where, required, effect, fix, repeat', async () => {
  const report = await reportOf('tools/index-missing', 'tool-no-index')
  expect(steady(checkReportText(report, PLAIN))).toMatchSnapshot()
})

test.each([40, 60, 80, 120])(
  'nothing but the command to copy is wider than %i columns',
  async (width) => {
    const report = await reportOf('tools/index-shared', 'tool-index-all-zero')
    const lines = checkReportText(report, { width, color: true }).split('\n')
    const wide = lines.filter((line) => !line.includes('curl -gN') && stringWidth(line) > width)
    expect(wide).toEqual([])
  },
)

test('no name of a file widens a heading', () => {
  const report = lint([{ file: 'x'.repeat(99), body: bytes('data: 1\n\n') }])
  const lines = lintReportText(report, { width: 40, color: true }).split('\n')
  expect(lines.filter((line) => stringWidth(line) > 40)).toEqual([])
})

test('the caret stands below what it points at', async () => {
  const text = checkReportText(await reportOf('stream/finish-reason-value', 'finish-eos'), PLAIN)
  const lines = text.split('\n')
  const caret = lines.findIndex((line) => /^ +\^ \/choices\/0\/finish_reason$/.test(line))
  expect(lines[caret - 1]!.slice(lines[caret]!.indexOf('^'))).toMatch(/^"eos"/)
})

test('colours only where they are asked for', async () => {
  const report = await reportOf('sse/done', 'done-missing')
  expect(checkReportText(report, PLAIN)).not.toContain('\x1b')
  expect(checkReportText(report, { ...PLAIN, color: true })).toContain('\x1b[31m')
})

test('hostile text cannot reach the terminal', () => {
  const hostile =
    'data: {"choices":[{"index":0,"delta":{"role":"\\u001b]0;x\\u0007","content":1}}]}\n\n\x1b[2J: x\n\n'
  const text = lintReportText(lint([{ file: 'bad\x1b[8m.sse', body: bytes(hostile) }]), PLAIN)
  expect(text).toContain('bad\\u{1b}[8m.sse')
  // oxlint-disable-next-line no-control-regex
  expect(text.replaceAll('\n', '')).not.toMatch(/[\0-\x1f]/)
})

test.each(['', 'a'])('no character is cut in two, wherever a text is (%j)', (before) => {
  const faces = before + '😀'.repeat(4_000)
  const event = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`
  const chunk = (finish: string, content = 'Hi.') =>
    event({ choices: [{ index: 0, delta: { content }, finish_reason: finish }] })
  const bodies = [
    chunk(faces),
    chunk('eos', `${before}${'😀'.repeat(60)}`),
    event({ error: { message: faces, code: faces } }),
    faces,
    `${chunk('stop')}data: "${before}${'😀'.repeat(60)}"`,
  ]
  const report = lint(bodies.map((body, i) => ({ file: `${i}`, body: bytes(body) })))
  expect(JSON.stringify(report)).not.toMatch(/\\ud[89a-f]/)
  for (let width = 60; width <= 100; width += 1) {
    expect(lintReportText(report, { width, color: false })).not.toMatch(/\\u\{?d[89a-f]/)
  }
})

test('what was seen is cut at three lines, and says so', () => {
  const finding = {
    ...lint([{ file: 'a', body: bytes('data: 1\n\n') }]).files[0]!.checks.find(
      ({ findings }) => findings.length > 0,
    )!,
  }
  const [first] = finding.findings
  const text = failureText(
    { ...finding, findings: [{ ...first!, excerpt: null, actual: 'x'.repeat(200) }] },
    { width: 40, color: false },
  )
  expect(text.match(/^ {4}x+…?$/gm)).toEqual([
    `    ${'x'.repeat(35)}`,
    `    ${'x'.repeat(35)}`,
    `    ${'x'.repeat(35)}…`,
  ])
})

test('lint tells what failed by check, with the files, and sums up', () => {
  const good =
    'data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"Hi."},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'
  const cut = good.slice(0, good.indexOf('data: [DONE]'))
  const report = lint(
    [
      { file: 'good.sse', body: bytes(good) },
      { file: 'cut.sse', body: bytes(cut) },
    ],
    { only: ['sse', 'stream', 'tools'] },
  )
  expect(steady(lintReportText(report, PLAIN))).toMatchSnapshot()
})

const ENVELOPE = '"id":"1","object":"chat.completion.chunk","created":1,"model":"m"'
const chunkOf = (choice: string) => bytes(`data: {${ENVELOPE},"choices":[${choice}]}\n\n`)
const UNENDED = chunkOf('{"index":0,"delta":{"content":"Hi."},"finish_reason":"stop"}')

test('each check of a folder is told once, also where messages differ', () => {
  const eos = (reason: string) =>
    chunkOf(`{"index":0,"delta":{"content":"Hi."},"finish_reason":"${reason}"}`)
  const report = lint(
    [
      { file: 'a.sse', body: eos('eos') },
      { file: 'b.sse', body: eos('eos') },
      { file: 'c.sse', body: eos('abort') },
    ],
    { only: ['sse', 'stream'] },
  )
  const text = lintReportText(report, PLAIN)
  expect(text.match(/^[x!i] \w+ +\S+/gm)).toEqual([
    '! warning stream/finish-reason-value',
    'x error   sse/done',
  ])
  expect(text).toContain('  also      in b.sse\n')
  expect(text).toMatch(/^ {2}also .*abort.*\(c\.sse\)$/m)
  expect(text).toContain('  also      in every file\n')
  expect(text).toContain('  fail      3 files: a.sse, b.sse, c.sse\n')
})

test.each([60, 80, 120])('a thousand files take few lines, none wider than %i columns', (width) => {
  const files = Array.from({ length: 1_000 }, (_, i) => ({
    file: `calls/2026-11-27/call-${i}.sse`,
    body: i % 3 === 0 ? UNENDED : chunkOf(`{"index":0,"delta":{"content":${i}}}`),
  }))
  const report = lint([...files, { file: 'x.sse', unreadable: '"x.sse" is a folder' }], {
    only: ['sse', 'stream', 'chunk'],
  })
  const lines = lintReportText(report, { width, color: true }).split('\n')
  expect(lines.filter((line) => stringWidth(line) > width)).toEqual([])
  expect(lines.length).toBeLessThan(120)
})

test('what is to be fixed first is the last line, and is told last', async () => {
  const text = checkReportText(await reportOf('sse/done', 'done-missing'), PLAIN)
  expect(text).toMatch(/\n {2}fix first sse\/done: Write "data: \[DONE\]\\n\\n" .*\n$/)
  expect(text.match(/^x error .*/gm)!.at(-1)).toContain('sse/done')
  expect(checkReportText(await reportOf(), PLAIN)).not.toContain('fix first')
})

test('what the baseline knows, and what is no fault, is not to be fixed first', () => {
  const { checks: results } = lint([{ file: 'a', body: UNENDED }]).files[0]!
  const failed = results.filter(({ status }) => status === 'fail')
  expect(fixFirst(results)).toMatch(/^sse\/done: /)
  const known = failed.map((result) => ({
    ...result,
    findings: result.findings.map((finding) => ({ ...finding, known: 'we know' })),
  }))
  expect(fixFirst(known)).toBeUndefined()
  const mild = failed.map((result) => ({ ...result, severity: 'info' as const }))
  expect(fixFirst(mild)).toBeUndefined()
})

test('what fails in every stream is said so; what is read to no end shows no end', async () => {
  const report = await reportOf('sse/done', 'done-missing')
  expect(report.exchanges.some(({ end }) => end === 'aborted')).toBe(true)
  const text = checkReportText(report, PLAIN)
  expect(text).toMatch(/^ {2}also {6}in every stream$/m)
})

test('the list names every check', () => {
  const lines = checkListText(checks, PLAIN).trimEnd().split('\n')
  expect(lines).toHaveLength(new Set(checks.map(({ id }) => id)).size)
})

test.each(checks.map((each) => [each.id, each] as const))(
  'the page of %s tells all',
  (id, each) => {
    const page = checkPageText([each], PLAIN, {})
    expect(page).toContain(id)
    expect(page.replaceAll(/\s+/g, ' ')).toContain(each.fix.replaceAll(/\s+/g, ' '))
    expect(page.replaceAll(/\s+/g, '')).toContain(each.requirement.url)
  },
)
