import type { JSONSchema } from 'json-schema-to-ts'
import { REQUEST_SHARES } from '../../budget/index.ts'
import { METRIC_NAMES } from '../measure/metric-names.ts'
import { number } from './figures-schema.ts'

/** What became of each budget. */
export const budgetsSchema = {
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
} as const satisfies JSONSchema
