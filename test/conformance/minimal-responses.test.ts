import { expect, test } from 'vitest'
import { check, type CheckOptions, type CheckReport } from '../../src/conformance/index.ts'
import { chat, responses, responsesIn } from '../../src/protocol/index.ts'
import { UNHURRIED } from '../../scripts/unhurried.ts'
import { referenceServer } from '../support/reference-server.ts'

const minimal = responsesIn({ events: 'minimal', done: true })
const ONLY = ['events', 'stream', 'tools']

async function checkMinimum(options: Partial<CheckOptions>): Promise<CheckReport> {
  const url = await referenceServer({ dialects: [chat, minimal] })
  return check({ url, dialect: responses, limits: UNHURRIED, only: ONLY, ...options })
}

function failing(report: CheckReport, severity: string): string[] {
  const failed = report.checks.filter(({ findings }) =>
    findings.some((finding) => finding.severity === severity),
  )
  return failed.map(({ id }) => id)
}

test('the two events that ElevenLabs documents pass there, with warnings', async () => {
  const report = await checkMinimum({ profile: 'elevenlabs' })
  expect(report.verdict).toBe('pass')
  expect(failing(report, 'error')).toEqual([])
  expect(failing(report, 'warning')).toEqual(
    expect.arrayContaining([
      'events/created-first',
      'events/item-added-missing',
      'events/item-id-missing',
      'events/output-index-missing',
      'events/response-envelope',
      'events/sequence-missing',
    ]),
  )
})

test('they fail for clients of the OpenAI API', async () => {
  const report = await checkMinimum({ profile: 'openai' })
  expect(report.verdict).toBe('fail')
  expect(failing(report, 'error')).toEqual([
    'events/response-envelope',
    'events/output-index-missing',
    'events/item-id-missing',
    'events/item-added-missing',
  ])
})
