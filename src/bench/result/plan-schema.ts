import type { JSONSchema } from 'json-schema-to-ts'
import { count, number } from './figures-schema.ts'

/** What was sent when. */
export const planSchema = {
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
} as const satisfies JSONSchema
