import type { JSONSchema } from 'json-schema-to-ts'
import { proxySchema } from '../../endpoint/index.ts'
import type { Shape } from '../../protocol/index.ts'
import type { FailureClass } from '../measure/classify.ts'
import { METRIC_NAMES, type MetricName } from '../measure/metric-names.ts'
import { budgetsSchema } from './budgets-schema.ts'
import { deadAirSchema } from './dead-air-schema.ts'
import { count, figures, metric, type MetricSummary, number } from './figures-schema.ts'
import { planSchema } from './plan-schema.ts'
import { failuresSchema, requestsSchema } from './requests-schema.ts'

/** The report of `soundcheck bench`, as JSON Schema 2020-12. Times are in milliseconds. */
export const benchReportSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://unpkg.com/llm-soundcheck/schemas/bench-report.schema.json',
  title: 'Report of soundcheck bench',
  type: 'object',
  required: [
    'schemaVersion',
    'tool',
    'target',
    'startedAt',
    'durationMs',
    'seed',
    'plan',
    'speech',
    'requests',
    'instrument',
    'metrics',
    'cold',
    'goodput',
    'budgets',
    'verdict',
    'reasons',
  ],
  properties: {
    schemaVersion: { const: 1 },
    tool: {
      type: 'object',
      required: ['name', 'version'],
      properties: { name: { type: 'string' }, version: { type: 'string' } },
    },
    target: {
      type: 'object',
      required: ['url', 'model'],
      properties: {
        url: { type: 'string' },
        model: { type: ['string', 'null'] },
        /** Names of headers that were asked for; absent where none was. */
        headers: { type: 'array', items: { type: 'string' } },
        proxy: proxySchema,
      },
    },
    /** When the first request was due, the warm-up included, by the clock of the machine. */
    startedAt: { type: 'string' },
    /** From the first measured request to the end of the last, the warm-up left out. */
    durationMs: { type: 'number' },
    seed: { type: 'integer' },
    plan: planSchema,
    /** Absent when no voice fell silent. */
    deadAirExample: deadAirSchema,
    /** How the voice is simulated. */
    speech: {
      type: 'object',
      required: ['rule', 'charactersPerSecond', 'ttsDelayMs'],
      properties: {
        rule: { type: 'string' },
        charactersPerSecond: { type: 'number' },
        ttsDelayMs: { type: 'number' },
      },
    },
    requests: requestsSchema,
    /** Absent when nothing failed. */
    failures: failuresSchema,
    instrument: {
      type: 'object',
      required: ['calibrated', 'eventLoopUtilization', 'lagP99', 'gcMs', 'threads', 'verdict'],
      properties: {
        calibrated: { type: 'boolean' },
        addedP50: number,
        addedP99: number,
        ttftErrorP50: number,
        ttftErrorP99: number,
        eventLoopUtilization: { type: 'number' },
        lagP99: number,
        /** Absent where the machine was not too busy to stamp in time. */
        busy: {
          type: 'object',
          required: ['share', 'wokeLateP99'],
          properties: {
            /** Of the run, in which no core was idle. */
            share: { type: 'number' },
            /** How late the measuring threads woke in that time. */
            wokeLateP99: { type: 'number' },
          },
        },
        gcMs: { type: 'number' },
        threads: count,
        verdict: { enum: ['ok', 'warn', 'void'] },
      },
    },
    metrics: {
      type: 'object',
      required: METRIC_NAMES,
      properties: Object.fromEntries(METRIC_NAMES.map((name) => [name, metric])),
    },
    /** Requests that opened a connection, those of the warm-up too. */
    cold: {
      type: 'object',
      required: ['connect', 'ttft', 'resent'],
      properties: {
        connect: figures,
        ttft: figures,
        /** Requests that were sent again: the server had closed an idle connection under them. */
        resent: count,
      },
    },
    goodput: {
      type: 'object',
      required: ['perSecond', 'fraction', 'good'],
      properties: { perSecond: { type: 'number' }, fraction: number, good: count },
    },
    budgets: budgetsSchema,
    verdict: { enum: ['pass', 'over-budget', 'inconclusive'] },
    /** Why it is not a plain pass. */
    reasons: { type: 'array', items: { type: 'string' } },
  },
} as const satisfies JSONSchema

type Named = Shape<typeof benchReportSchema>

/** The report of `soundcheck bench`. */
export interface BenchReport extends Omit<Named, 'metrics' | 'requests'> {
  readonly metrics: Readonly<Record<MetricName, MetricSummary>>
  readonly requests: Omit<Named['requests'], 'failed'> & {
    readonly failed: Readonly<Record<FailureClass, number>>
  }
}
