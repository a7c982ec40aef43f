import type { JSONSchema } from 'json-schema-to-ts'
import type { Shape } from '../protocol/index.ts'

const severity = { enum: ['error', 'warning', 'info'] } as const
const nullableString = { type: ['string', 'null'] } as const
const nullableNumber = { type: ['number', 'null'] } as const
const count = { type: 'integer', minimum: 0 } as const
const verdict = { enum: ['pass', 'fail', 'over-budget', 'inconclusive'] } as const

const findingSchema = {
  type: 'object',
  required: [
    'probe',
    'exchange',
    'severity',
    'message',
    'count',
    'expected',
    'actual',
    'event',
    'bytes',
    'atMs',
    'path',
    'excerpt',
    'repeat',
  ],
  properties: {
    probe: { type: 'string', description: 'The probe, or the file.' },
    exchange: { type: 'integer', description: 'Which of the exchanges of its probe, from 1.' },
    severity,
    message: { type: 'string' },
    count: { type: 'integer', minimum: 1, description: 'How often it was seen.' },
    expected: { type: 'string' },
    actual: nullableString,
    event: {
      type: ['integer', 'null'],
      description: 'Ordinal of the event in its stream, from 1.',
    },
    bytes: {
      anyOf: [
        { type: 'array', items: { type: 'integer' }, minItems: 2, maxItems: 2 },
        { type: 'null' },
      ],
      description: 'Offsets into the body; the end is excluded.',
    },
    atMs: { ...nullableNumber, description: 'When it arrived, from the moment of the request.' },
    path: { ...nullableString, description: "JSON Pointer into the event's data." },
    excerpt: { ...nullableString, description: 'The bytes, as text.' },
    repeat: { ...nullableString, description: 'A curl command that sends the request again.' },
  },
} as const satisfies JSONSchema

const adviceSchema = {
  type: 'object',
  required: ['requires', 'source', 'url', 'effect', 'fix'],
  properties: {
    requires: { type: 'string' },
    source: { type: 'string' },
    url: { type: 'string' },
    effect: { type: 'string' },
    fix: { type: 'string' },
  },
} as const satisfies JSONSchema

const checkResultSchema = {
  type: 'object',
  required: ['id', 'title', 'severity', 'status', 'reason', 'findings', 'advice'],
  properties: {
    id: { type: 'string' },
    title: { type: 'string' },
    severity,
    status: { enum: ['pass', 'fail', 'skip', 'inconclusive'] },
    reason: { ...nullableString, description: 'Why it was skipped or could not tell.' },
    findings: { type: 'array', items: findingSchema },
    advice: {
      anyOf: [adviceSchema, { type: 'null' }],
      description: 'What is required, what breaks, and how to mend it; null unless it failed.',
    },
  },
} as const satisfies JSONSchema

const summarySchema = {
  type: 'object',
  required: ['pass', 'fail', 'skip', 'inconclusive', 'errors', 'warnings', 'infos'],
  properties: {
    pass: count,
    fail: count,
    skip: count,
    inconclusive: count,
    errors: { ...count, description: 'Failed checks whose worst finding is an error.' },
    warnings: count,
    infos: count,
  },
} as const satisfies JSONSchema

const distributionSchema = {
  type: 'object',
  required: ['count', 'min', 'p50', 'max'],
  properties: {
    count,
    min: nullableNumber,
    p50: nullableNumber,
    max: nullableNumber,
  },
} as const satisfies JSONSchema

const exchangeSummarySchema = {
  type: 'object',
  required: [
    'probe',
    'exchange',
    'startedAt',
    'status',
    'end',
    'bytes',
    'events',
    'firstByteMs',
    'totalMs',
  ],
  properties: {
    probe: { type: 'string' },
    exchange: { type: 'integer', description: 'Which of its probe, from 1.' },
    startedAt: { type: 'string' },
    status: { type: ['integer', 'null'] },
    end: { type: 'string', description: 'How it ended: complete, timeout, failed, ...' },
    bytes: count,
    events: count,
    firstByteMs: nullableNumber,
    totalMs: { type: 'number' },
  },
} as const satisfies JSONSchema

const toolSchema = {
  type: 'object',
  required: ['name', 'version'],
  properties: { name: { const: 'llm-soundcheck' }, version: { type: 'string' } },
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
    'startedAt',
    'durationMs',
    'requests',
    'verdict',
    'summary',
    'checks',
    'latency',
    'exchanges',
  ],
  properties: {
    schemaVersion: { const: 1 },
    tool: toolSchema,
    target: {
      type: 'object',
      required: ['url', 'profile', 'model'],
      properties: {
        url: { type: 'string' },
        profile: { type: 'string' },
        model: { type: 'string' },
      },
    },
    startedAt: { type: 'string' },
    durationMs: { type: 'number' },
    requests: count,
    verdict,
    summary: summarySchema,
    checks: { type: 'array', items: checkResultSchema },
    latency: {
      type: 'object',
      required: ['firstByteMs', 'firstContentMs', 'firstSentenceMs', 'totalMs'],
      properties: {
        firstByteMs: distributionSchema,
        firstContentMs: distributionSchema,
        firstSentenceMs: distributionSchema,
        totalMs: distributionSchema,
      },
    },
    exchanges: { type: 'array', items: exchangeSummarySchema },
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
    verdict,
    summary: summarySchema,
    files: {
      type: 'array',
      items: {
        type: 'object',
        required: ['file', 'verdict', 'summary', 'checks'],
        properties: {
          file: { type: 'string' },
          verdict,
          summary: summarySchema,
          checks: { type: 'array', items: checkResultSchema },
        },
      },
    },
  },
} as const satisfies JSONSchema

export type Finding = Shape<typeof findingSchema>
export type CheckResult = Shape<typeof checkResultSchema>
export type Summary = Shape<typeof summarySchema>
export type Distribution = Shape<typeof distributionSchema>
export type ExchangeSummary = Shape<typeof exchangeSummarySchema>
export type CheckReport = Shape<typeof checkReportSchema>
export type LintReport = Shape<typeof lintReportSchema>
export type Verdict = CheckReport['verdict']
