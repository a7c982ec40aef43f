import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { lint } from '../../src/conformance/index.ts'
import { compileSchema, responses } from '../../src/protocol/index.ts'
import { exchangeFromJson, exchangeSchema } from '../../src/wire/index.ts'

const folder = new URL('../../fixtures/exchanges/legal-responses/', import.meta.url)
const violationsOf = compileSchema(exchangeSchema)
const files = readdirSync(folder)

function told(file: string, profile: 'openai' | 'elevenlabs'): string[] {
  const json = JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
  expect(violationsOf(json)).toEqual([])
  const exchange = exchangeFromJson(json)
  const report = lint([{ file, exchange }], { dialect: responses, profile, skip: ['sse/done'] })
  return report.files[0]!.checks.flatMap(({ id, findings }) =>
    findings.map(({ severity }) => `${severity} ${id}`),
  )
}

/** What servers of the Responses API do and clients tolerate: never an error of form; at most what is listed here. */
const TOLD: Record<string, string[]> = {
  'arguments-only-in-done.json': ['info tools/arguments-delta-missing'],
  // It is well told that the turn has failed.
  'error-then-failed.json': ['warning errors/error-in-200'],
  'no-event-lines.json': ['warning events/name-missing'],
  'unknown-types-and-keys.json': ['info events/type-known'],
}

test.each(files)('%s', (file) => {
  expect(told(file, 'openai')).toEqual(TOLD[file] ?? [])
})

test.each(files)('%s at a voice platform', (file) => {
  expect(told(file, 'elevenlabs').filter((each) => !TOLD[file]?.includes(each))).toEqual([])
})
