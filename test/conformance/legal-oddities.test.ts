import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { lint } from '../../src/conformance/index.ts'
import { compileSchema } from '../../src/protocol/index.ts'
import { exchangeFromJson, exchangeSchema } from '../../src/wire/index.ts'

const folder = new URL('../../fixtures/exchanges/legal/', import.meta.url)
const violationsOf = compileSchema(exchangeSchema)

/** What real providers do and clients tolerate: never an error; at most what is listed here. */
const TOLD: Record<string, string[]> = {
  'buffer-words.json': ['info chunk/id-stable'],
  'empty-reply-cut-at-length.json': ['warning voice/reasoning-only'],
  'empty-reply-refused.json': ['warning voice/refusal-silent'],
  'id-and-created-change.json': ['info chunk/id-stable'],
  'multi-line-data.json': ['warning sse/multi-line-data'],
  'object-says-done.json': ['warning chunk/envelope-fields'],
  'one-byte-order-mark.json': ['warning sse/bom'],
  'tool-without-parameters-empty-arguments.json': ['warning tools/arguments-empty'],
  'tool-without-parameters-null-arguments.json': ['warning tools/arguments-object'],
  'truncated-call-known-by-usage.json': ['info tools/finish-reason'],
  'truncated-call-labelled-tool-calls.json': ['info tools/finish-reason'],
}

test.each(readdirSync(folder))('%s', (file) => {
  const json = JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
  expect(violationsOf(json)).toEqual([])
  const report = lint([{ file, exchange: exchangeFromJson(json) }])
  const told = report.files[0]!.checks.flatMap(({ id, findings }) =>
    findings.map(({ severity }) => `${severity} ${id}`),
  )
  expect(told).toEqual(TOLD[file] ?? [])
  expect(report.verdict).toBe('pass')
})
