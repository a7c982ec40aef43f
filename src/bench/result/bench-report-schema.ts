import type { JSONSchema } from 'json-schema-to-ts'
import { proxySchema } from '../../endpoint/index.ts'
import type { Shape } from '../../protocol/index.ts'
import { REQUEST_SHARES } from '../../budget/index.ts'
import { type FailureClass, FAILURES } from '../measure/classify.ts'
import { METRIC_NAMES, type MetricName } from '../measure/metric-names.ts'

const number = { type: ['number', 'null'] } as const
const count = { type: 'integer', minimum: 0 } as const

const figures = {
  type: 'object',
  required: ['count', 'sum', 'mean', 'min', 'p50', 'p90', 'p95', 'p99', 'max', 'hdr'],
  properties: {
    count,
    sum: { type: 'number' },
    mean: number,
    min: number,
    p50: number,
    p90: number,
    p95: number,
    /** `null` with fewer values than it takes: 299. */
    p99: number,
    max: number,
    /** HdrHistogram V2, compressed, in base64; in thousandths. `null` when empty. */
    hdr: { type: ['string', 'null'] },
    /** The values themselves, where they were asked for. */
    sample: { type: 'array', items: { type: 'number' } },
  },
} as const satisfies JSONSchema

const metric = {
  ...figures,
  required: ['unit', 'definition', ...figures.required],
  properties: {
    unit: { type: 'string' },
    definition: { type: 'string' },
    /** What ElevenLabs calls it. */
    elevenLabs: { type: 'string' },
    ...figures.properties,
  },
} as const satisfies JSONSchema

const spans = {
  type: 'array',
  items: {
    type: 'object',
    required: ['atMs', 'durationMs'],
    properties: { atMs: { type: 'number' }, durationMs: { type: 'number' } },
  },
} as const satisfies JSONSchema

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
        proxy: proxySchema,
      },
    },
    startedAt: { type: 'string' },
    /** From the first measured request to the end of the last, the warm-up left out. */
    durationMs: { type: 'number' },
    seed: { type: 'integer' },
    plan: {
      type: 'object',
      required: [
        'load',
        'concurrency',
        'ratePerSecond',
        'toRatePerSecond',
        'requests',
        'durationMs',
        'warmupMs',
        'shard',
      ],
      properties: {
        load: { enum: ['closed', 'constant', 'poisson', 'ramp'] },
        concurrency: number,
        ratePerSecond: number,
        toRatePerSecond: number,
        requests: number,
        durationMs: { type: 'number' },
        warmupMs: { type: 'number' },
        shard: {
          anyOf: [
            { type: 'null' },
            {
              type: 'object',
              required: ['index', 'count'],
              properties: { index: count, count },
            },
          ],
        },
      },
    },
    /**
     * The good answer with the most dead air, as the caller heard it; absent when no voice fell
     * silent. Times count from the request.
     */
    deadAirExample: {
      type: 'object',
      required: ['spoken', 'silences', 'deadAirMs', 'textMs'],
      properties: {
        spoken: spans,
        /** Between what is spoken; the wait for the first sound is no dead air. */
        silences: spans,
        deadAirMs: { type: 'number' },
        /** When text came; what came together is told once. */
        textMs: { type: 'array', items: { type: 'number' } },
      },
    },
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
    requests: {
      type: 'object',
      required: [
        'attempted',
        'ok',
        'failed',
        'cancelled',
        'perSecond',
        'coalescedEvents',
        'judged',
      ],
      properties: {
        attempted: count,
        ok: count,
        failed: {
          type: 'object',
          required: FAILURES,
          properties: Object.fromEntries(FAILURES.map((name) => [name, count])),
        },
        cancelled: count,
        perSecond: { type: 'number' },
        /** Share of events that shared a read with the one before. */
        coalescedEvents: { type: 'number' },
        /** Whether each stream was held against the contract. */
        judged: { type: 'boolean' },
      },
    },
    /** What failed, the most frequent first; absent when nothing did. */
    failures: {
      type: 'array',
      items: {
        type: 'object',
        required: ['name', 'failure', 'count', 'seen'],
        properties: {
          /** The status, the check that tells of it, or its class. */
          name: { type: 'string' },
          failure: { enum: FAILURES },
          count,
          /** What was seen of the first; `null` when nothing was. */
          seen: { type: ['string', 'null'] },
        },
      },
    },
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
    budgets: {
      type: 'array',
      items: {
        type: 'object',
        required: ['expression', 'actual', 'verdict', 'reason'],
        properties: {
          expression: { type: 'string' },
          /** The metric, or the share of requests, that it bounds. */
          of: { enum: [...METRIC_NAMES, ...REQUEST_SHARES] },
          /** `null` without values, and where a failed request decides: there is no time then. */
          actual: number,
          verdict: { enum: ['pass', 'fail', 'inconclusive'] },
          reason: { type: ['string', 'null'] },
          /** Whether what was measured keeps the bound, proven or not; `null` without values. */
          keeps: { type: ['boolean', 'null'] },
          /** Whether there are fewer values than it takes to prove that the bound is kept. */
          tooFew: { type: 'boolean' },
          /** How many values would tell, if they stay as they are; `null` where no number would. */
          needed: number,
        },
      },
    },
    verdict: { enum: ['pass', 'over-budget', 'inconclusive'] },
    /** Why it is not a plain pass. */
    reasons: { type: 'array', items: { type: 'string' } },
  },
} as const satisfies JSONSchema

export type Figures = Shape<typeof figures>
export type DeadAirExample = NonNullable<Named['deadAirExample']>
export type MetricSummary = Shape<typeof metric>
type Named = Shape<typeof benchReportSchema>

/** The report of `soundcheck bench`. */
export interface BenchReport extends Omit<Named, 'metrics' | 'requests'> {
  readonly metrics: Readonly<Record<MetricName, MetricSummary>>
  readonly requests: Omit<Named['requests'], 'failed'> & {
    readonly failed: Readonly<Record<FailureClass, number>>
  }
}
