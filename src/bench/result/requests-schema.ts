import type { JSONSchema } from 'json-schema-to-ts'
import { FAILURES } from '../measure/classify.ts'
import { count } from './figures-schema.ts'

/** What became of all requests. */
export const requestsSchema = {
  type: 'object',
  required: ['attempted', 'ok', 'failed', 'cancelled', 'perSecond', 'coalescedEvents', 'judged'],
  properties: {
    attempted: count,
    ok: count,
    failed: {
      type: 'object',
      required: FAILURES,
      properties: Object.fromEntries(FAILURES.map((name) => [name, count])),
    },
    cancelled: count,
    /** Those that were under way when the run was interrupted; absent where none was. */
    unfinished: {
      type: 'object',
      required: ['count', 'longestMs'],
      properties: { count, longestMs: { type: 'number' } },
    },
    /** Those that went with the id of the answer before; absent where none should. */
    chained: count,
    perSecond: { type: 'number' },
    /** Share of events that shared a read with the one before. */
    coalescedEvents: { type: 'number' },
    /** Whether each stream was held against the contract. */
    judged: { type: 'boolean' },
  },
} as const satisfies JSONSchema

/** What failed, the most frequent first. */
export const failuresSchema = {
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
} as const satisfies JSONSchema
