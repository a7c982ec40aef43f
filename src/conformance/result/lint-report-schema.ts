import type { JSONSchema } from 'json-schema-to-ts'
import type { Shape } from '../../protocol/index.ts'
import { checkResultSchema } from './check-result-schema.ts'
import { reasonsSchema, toolSchema, verdictSchema } from './ruling-schema.ts'
import { summarySchema } from './summary-schema.ts'

const count = { type: 'integer', minimum: 0 } as const

const untoldSchema = {
  type: 'object',
  description:
    'Files that are counted in the verdict and the summary, and not listed, since what was found in them is told of enough others; absent where all are listed.',
  required: ['files', 'pass', 'fail', 'inconclusive', 'failed'],
  properties: {
    files: count,
    pass: { ...count, description: 'How many of them have this verdict.' },
    fail: count,
    inconclusive: count,
    failed: {
      type: 'array',
      description: 'The checks that failed, in how many of these files.',
      items: {
        type: 'object',
        required: ['check', 'files'],
        properties: { check: { type: 'string' }, files: count },
      },
    },
  },
} as const satisfies JSONSchema

/** The report of `lint`. Fields may be added, never renamed. */
export const lintReportSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://unpkg.com/llm-soundcheck/schemas/lint-report.schema.json',
  title: 'Report of soundcheck lint',
  type: 'object',
  required: ['schemaVersion', 'tool', 'startedAt', 'durationMs', 'verdict', 'summary', 'files'],
  properties: {
    schemaVersion: { const: 1 },
    tool: toolSchema,
    startedAt: { type: 'string' },
    durationMs: { type: 'number' },
    verdict: verdictSchema,
    summary: summarySchema,
    files: {
      type: 'array',
      items: {
        type: 'object',
        required: ['file', 'verdict', 'reasons', 'summary', 'checks'],
        properties: {
          file: { type: 'string' },
          verdict: verdictSchema,
          reasons: reasonsSchema,
          summary: summarySchema,
          checks: { type: 'array', items: checkResultSchema },
        },
      },
    },
    untold: untoldSchema,
  },
} as const satisfies JSONSchema

export type LintReport = Shape<typeof lintReportSchema>
export type Untold = Shape<typeof untoldSchema>
