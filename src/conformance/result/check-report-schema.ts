import type { JSONSchema } from 'json-schema-to-ts'
import type { Shape } from '../../protocol/index.ts'
import { baselineResultSchema } from './baseline-result-schema.ts'
import { budgetSchema } from '../budgets/budget-schema.ts'
import { checkResultSchema } from './check-result-schema.ts'
import { proxySchema } from '../../endpoint/index.ts'
import { reasonsSchema, toolSchema, verdictSchema } from './ruling-schema.ts'
import { summarySchema } from './summary-schema.ts'

const text = { type: 'string' } as const
const count = { type: 'integer', minimum: 0 } as const
const nullableNumber = { type: ['number', 'null'] } as const

const distributionSchema = {
  type: 'object',
  required: ['count', 'min', 'p50', 'max'],
  properties: { count, min: nullableNumber, p50: nullableNumber, max: nullableNumber },
} as const satisfies JSONSchema

const exchangeSummarySchema = {
  type: 'object',
  description: 'Times are milliseconds from the request; null for what never came.',
  required: [
    'id',
    'probe',
    'isTurn',
    'startedAt',
    'status',
    'end',
    'bytes',
    'events',
    'headMs',
    'firstByteMs',
    'roleMs',
    'firstContentMs',
    'firstSentenceMs',
    'doneMs',
    'totalMs',
    'eventsMs',
  ],
  properties: {
    id: text,
    probe: text,
    isTurn: {
      type: 'boolean',
      description: 'Whether it asked for a stream, as a platform does in every turn of a call.',
    },
    startedAt: text,
    status: { type: ['integer', 'null'] },
    end: { ...text, description: 'How it ended: complete, timeout, failed, ...' },
    bytes: count,
    events: count,
    headMs: { ...nullableNumber, description: 'When status and headers came.' },
    firstByteMs: { ...nullableNumber, description: 'When the first byte of the body came.' },
    roleMs: { ...nullableNumber, description: 'When the first chunk with a role came.' },
    firstContentMs: { ...nullableNumber, description: 'When the first text or tool call came.' },
    firstSentenceMs: { ...nullableNumber, description: 'When the first sentence was whole.' },
    doneMs: { ...nullableNumber, description: 'When [DONE] came.' },
    totalMs: { type: 'number', description: 'When the exchange ended.' },
    eventsMs: {
      type: 'array',
      items: { type: 'number' },
      description:
        'When events came; those that came together are told once, and of very many some.',
    },
  },
} as const satisfies JSONSchema

/** The report of `check`. Fields may be added, never renamed. */
export const checkReportSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://unpkg.com/llm-soundcheck/schemas/check-report.schema.json',
  title: 'Report of soundcheck check',
  type: 'object',
  required: [
    'schemaVersion',
    'tool',
    'target',
    'requirements',
    'startedAt',
    'durationMs',
    'requests',
    'verdict',
    'reasons',
    'warnings',
    'summary',
    'checks',
    'latency',
    'budgets',
    'baseline',
    'exchanges',
  ],
  properties: {
    schemaVersion: { const: 1 },
    tool: toolSchema,
    target: {
      type: 'object',
      required: ['url', 'profile', 'model'],
      properties: { url: text, profile: text, model: text, proxy: proxySchema },
    },
    requirements: { ...text, description: 'The requirement set that can fail the run: 2026-11.' },
    startedAt: text,
    durationMs: { type: 'number' },
    requests: count,
    verdict: verdictSchema,
    reasons: reasonsSchema,
    warnings: {
      type: 'array',
      items: text,
      description: 'What makes this run worth little, whatever its verdict.',
    },
    summary: summarySchema,
    checks: { type: 'array', items: checkResultSchema },
    latency: {
      type: 'object',
      description: 'Milliseconds from the request, over all replies that streamed.',
      required: ['firstByteMs', 'firstContentMs', 'firstSentenceMs', 'totalMs'],
      properties: {
        firstByteMs: distributionSchema,
        firstContentMs: distributionSchema,
        firstSentenceMs: distributionSchema,
        totalMs: distributionSchema,
      },
    },
    budgets: { type: 'array', items: budgetSchema },
    baseline: baselineResultSchema,
    exchanges: { type: 'array', items: exchangeSummarySchema },
  },
} as const satisfies JSONSchema

export type Distribution = Shape<typeof distributionSchema>
export type ExchangeSummary = Shape<typeof exchangeSummarySchema>
export type CheckReport = Shape<typeof checkReportSchema>
