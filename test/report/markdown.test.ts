import fc from 'fast-check'
import { marked, type Token } from 'marked'
import { describe, expect, test } from 'vitest'
import { lint, type LintReport } from '../../src/conformance/index.ts'
import { reporters } from '../../src/report/index.ts'
import { code, codeBlock, prose, table } from '../../src/report/markdown/escape-markdown.ts'
import { contextOf } from '../support/report-context.ts'
import { bytes } from '../support/bytes.ts'
import { HOSTILE } from '../support/hostile.ts'
import { hostileReport, inconclusiveReport, reportOf } from '../support/reports.ts'

/** The kinds of all tokens that a Markdown parser finds. */
function kindsIn(markdown: string): Set<string> {
  const kinds = new Set<string>()
  void marked.walkTokens(marked.lexer(markdown), (token: Token) => {
    const isEmptyComment = token.type === 'html' && token.raw.trim() === '<!-- -->'
    if (!isEmptyComment) kinds.add(token.type)
  })
  return kinds
}

const HARMLESS = new Set(['paragraph', 'text', 'escape', 'codespan', 'space'])

function strangersIn(markdown: string): string[] {
  const kinds = kindsIn(markdown.replaceAll(/<\/?code>/g, ''))
  return [...kinds].filter((kind) => !HARMLESS.has(kind))
}

test.each([
  HOSTILE,
  '- item',
  '1. one',
  '1) one',
  '# head',
  '=== x',
  '> quote',
  '`` a ` b',
  '_a_ __b__',
  ' 1. x',
  '  # x',
  ' - x',
  '     code',
  ' === x',
])('prose stays prose: %j', (text) => {
  expect(strangersIn(prose(text))).toEqual([])
  expect(strangersIn(table(['a'], [[prose(text)]]))).toEqual(['table'])
  expect(strangersIn(`- ${prose(text)}`)).toEqual(['list', 'list_item'])
})

test.each(['#123', 'see #1', 'owner/repo#1', 'GH-1', 'gh-1 &#1', '\\|#1'])(
  'prose names no issue: %s',
  (text) => {
    const linked = /(?<!&)#\d|GH-\d/i
    expect(text).toMatch(linked)
    expect(prose(text)).not.toMatch(linked)
    const html = marked.parse(prose(text)) as string
    expect(html.replaceAll(/<[^>]*>/g, '').trim()).toBe(text.replaceAll('&', '&amp;'))
  },
)

test('whatever is prose, code or a block stays that', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({
      unit: fc.constantFrom(
        '`',
        '|',
        '\\',
        '*',
        '_',
        '<',
        '>',
        '[',
        ']',
        '(',
        ')',
        '!',
        ' ',
        'a',
        '~',
        '\n',
        '@',
        ':',
        '/',
      ),
    }),
  )
  fc.assert(
    fc.property(text, (any) => {
      expect(strangersIn(`x ${prose(any)}`)).toEqual([])
      expect(strangersIn(`x ${code(any)}`)).toEqual([])
      expect(kindsIn(codeBlock([any]))).toEqual(new Set(['code']))
    }),
    { numRuns: 500 },
  )
})

/** The HTML of a table of one cell between two others. */
const tableOf = (cell: string) => marked.parse(table(['', '', ''], [['a', cell, 'z']])) as string

test('no text breaks out of the cell of a table', () => {
  const text = fc.array(
    fc.constantFrom(
      '`',
      '|',
      '\\',
      '\\|',
      '<img src=http://evil/>',
      '[a](http://x)',
      '&',
      ' ',
      'a',
    ),
    { maxLength: 12 },
  )
  fc.assert(
    fc.property(text, fc.constantFrom(prose, code), (parts, write) => {
      const html = tableOf(write(parts.join('')))
      expect(html.match(/<(?!!-- -->|\/)\w+/g)?.filter((tag) => tag !== '<code')).toEqual(
        tableOf('a').match(/<\w+/g),
      )
      expect(html).toMatch(/<td>z<\/td>/)
    }),
    {
      numRuns: 1_000,
      examples: [[['see `x', '\\|', '<img src=http://evil/>', ' y`'], prose]] as never,
    },
  )
})

test('code with a pipe after a backslash is shown as it is', () => {
  expect(tableOf(code('a\\|<b>_c_'))).toContain('<code>a&#92;&#124;&#60;b&#62;&#95;c&#95;</code>')
})

test('a table names no issue in code either', () => {
  expect(code('a\\|#1')).toContain('&#35;<!-- -->1')
})

test('a good run: a table of groups', async () => {
  const report = await reportOf()
  const text = reporters.markdown(report, contextOf())
  expect(text).toContain('# soundcheck: pass')
  expect(text).toMatch(/\| sse \| \d+ \|/)
  expect(text).not.toContain('###')
})

test('a failure tells what, where, why and how to fix it', async () => {
  const text = reporters.markdown(await reportOf('sse/done', 'done-missing'), contextOf())
  for (const part of [
    '### error: sse/done',
    '**Requires:**',
    '**Effect:**',
    '**Fix:**',
    'curl -gN',
  ])
    expect(text).toContain(part)
})

test('what was not judged is named, with the reason', async () => {
  const text = reporters.markdown(await inconclusiveReport(), contextOf())
  expect(text).toContain('### Not judged')
  expect(text).toContain('rate limited')
})

test('hostile text makes no link, no image, no heading and no HTML', () => {
  const tokens: Token[] = []
  void marked.walkTokens(
    marked.lexer(reporters.markdown(hostileReport(), contextOf())),
    (token: Token) => void tokens.push(token),
  )
  const links = tokens.filter(({ type }) => type === 'link' || type === 'image')
  expect(links.filter(({ raw }) => /evil|javascript/.test(raw))).toEqual([])
  const html = tokens.filter(({ type }) => type === 'html').map(({ raw }) => raw.trim())
  for (const raw of html)
    expect(raw).toMatch(/^(?:<!-- -->|<details><summary>[\w ]+<\/summary>|<\/details>)$/)
  const headings = tokens.filter(({ type }) => type === 'heading').map(({ raw }) => raw.trim())
  expect(headings.filter((raw) => /^#+ heading/.test(raw))).toEqual([])
})

describe('a page is no longer than a comment on GitHub may be', () => {
  const chunk = (content: unknown, i = 0) =>
    `data: {"id":"${i}","choices":[{"index":0,"delta":{"content":${JSON.stringify(content)}}}]}\n\n`
  const page = (report: LintReport) => {
    const text = reporters.markdown(report, contextOf())
    expect(text.length).toBeLessThan(60_000)
    return text
  }

  test('with thousands of files, which are told by check', () => {
    const files = Array.from({ length: 2_000 }, (_, i) => ({
      file: `calls/${'x'.repeat(100)}-${i}.sse`,
      body: bytes(chunk('<b>&</b>'.repeat(30)) + chunk(i)),
    }))
    const text = page(lint([...files, { file: 'x', unreadable: '"x" is a folder' }]))
    const headings = text.match(/^### (?:error|warning|info): .*$/gm)!
    expect(new Set(headings).size).toBe(headings.length)
    expect(text).toContain('further files')
  })

  test('with names that are as long as names may be', () => {
    const files = Array.from({ length: 300 }, (_, i) => ({
      file: `${'<|>'.repeat(1_300)}${i}.sse`,
      body: bytes(chunk(i)),
    }))
    const text = page(lint(files))
    expect(text).toMatch(/### Left out\n\n.*Files/)
    expect(kindsIn(text)).not.toContain('html')
  })

  test('with a long history: the command that repeats it is named, not shown', async () => {
    const report = await reportOf('sse/done', 'done-missing')
    const long = `curl -gN 'http://h' --data-raw '${'a'.repeat(200_000)}'`
    const checks = report.checks.map((result) => ({
      ...result,
      findings: result.findings.map((finding) => ({ ...finding, repeat: long })),
    }))
    const text = reporters.markdown({ ...report, checks }, contextOf())
    expect(text.length).toBeLessThan(60_000)
    expect(text).toContain(`has ${long.length} characters`)
    expect(text).toContain('### error: sse/done')
  })
})

test('what is to be fixed first stands before all else', async () => {
  const text = reporters.markdown(await reportOf('sse/done', 'done-missing'), contextOf())
  expect(text.indexOf('**Fix first:** sse/done:')).toBeLessThan(text.indexOf('| group |'))
})
