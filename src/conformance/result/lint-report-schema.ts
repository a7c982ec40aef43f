import type { JSONSchema } from 'json-schema-to-ts'
import type { Shape } from '../../protocol/index.ts'
import { checkResultSchema } from './check-result-schema.ts'
import { reasonsSchema, toolSchema, verdictSchema } from './ruling-schema.ts'
import { summarySchema } from './summary-schema.ts'

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
  },
} as const satisfies JSONSchema

export type LintReport = Shape<typeof lintReportSchema>
