import { expect, test } from 'vitest'
import { reporters } from '../../src/report/index.ts'
import { contextOf } from '../support/report-context.ts'
import { inconclusiveReport, reportOf } from '../support/reports.ts'

test.each([
  ['a good run', () => reportOf(), /^\d+ passed$/, 'brightgreen'],
  ['an error', () => reportOf('sse/done', 'done-missing'), /^1 error$/, 'red'],
  [
    'a warning',
    () => reportOf('sse/event-name', 'event-named'),
    /^\d+ passed, 1 warning$/,
    'brightgreen',
  ],
  ['no verdict', inconclusiveReport, /^inconclusive$/, 'yellow'],
])('%s', async (_, make, message, color) => {
  const badge = JSON.parse(reporters.badge(await make(), contextOf()))
  expect(badge).toEqual({
    schemaVersion: 1,
    label: 'soundcheck',
    message: expect.stringMatching(message),
    color,
  })
})
