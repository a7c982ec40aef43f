import { expect, test } from 'vitest'
import { type Report, type ReportContext, reporters } from '../../src/report/index.ts'
import { contextOf } from '../support/report-context.ts'
import { hostileReport, inconclusiveReport, reportOf } from '../support/reports.ts'

/** Reads a log as the runner of GitHub Actions does: a command is a line that starts with two colons. */
function commandsIn(report: Report, context: Partial<ReportContext> = {}) {
  return reporters
    .github(report, contextOf(context))
    .split(/\r\n|\r|\n/)
    .flatMap((line) => {
      const [, name, properties, data] = /^\s*::(\S+) ?(.*?)::(.*)$/.exec(line) ?? []
      if (name === undefined) return []
      const known = properties!.split(',').map((pair) => pair.split('=') as [string, string])
      return { name, properties: new Map(known), data: decode(data!) }
    })
}

function decode(text: string): string {
  return text
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%')
}

test('a good run gives no annotation', async () => {
  const report = await reportOf()
  expect(commandsIn(report)).toEqual([])
  expect(reporters.github(report, contextOf())).toMatch(/^PASS \d+ checks/)
})

test('an error gives one, with its effect and its fix', async () => {
  const [command, ...others] = commandsIn(await reportOf('sse/done', 'done-missing'))
  expect(others).toEqual([])
  expect(command!.name).toBe('error')
  expect(command!.properties.get('title')).toBe('soundcheck%3A sse/done')
  expect(command!.data).toMatch(/^The stream ended without \[DONE\]\..*\neffect: .*\nfix: /s)
})

test('a warning gives one, and an error where warnings fail the run', async () => {
  const report = await reportOf('sse/event-name', 'event-named')
  expect(commandsIn(report).map(({ name }) => name)).toEqual(['warning'])
  const failOn = 'warning'
  const failed = await reportOf('sse/event-name', 'event-named', { failOn })
  expect(commandsIn(failed, { failOn }).map(({ name }) => name)).toEqual(['error'])
})

test('an inconclusive run warns, with each reason once', async () => {
  const report = await inconclusiveReport()
  const warnings = commandsIn(report).filter(({ name }) => name === 'warning')
  expect(warnings.map(({ data }) => data)).toEqual([...report.reasons, ...report.warnings])
})

test('hostile text injects no command and no property', () => {
  const report = hostileReport()
  const commands = commandsIn(report)
  const failures = report.files[0]!.checks.filter(({ status }) => status === 'fail').length
  const errors = commands.filter(({ name }) => ['error', 'warning', 'notice'].includes(name))
  expect(errors).toHaveLength(commands.length)
  expect(commands.length).toBeGreaterThanOrEqual(failures)
  for (const { properties, data } of commands) {
    expect([...properties.keys()].toSorted()).toEqual(['file', 'title'])
    expect(data.replaceAll('\n', '')).not.toMatch(/[\0-\x1f\u202a-\u202e]/)
  }
})
