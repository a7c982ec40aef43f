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
    /** Limit for each request; absent in older reports. */
    timeoutMs: { type: 'number' },
    /** What was asked, so that it can be compared with what others asked; absent in older reports. */
    asked: {
      type: 'object',
      required: ['requests', 'meanCharacters', 'digest'],
      properties: {
        /** So many different ones. */
        requests: count,
        /** Of their JSON. */
        meanCharacters: count,
        /** Of all of them and their order; the same where the same was asked. */
        digest: { type: 'string' },
      },
    },
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
