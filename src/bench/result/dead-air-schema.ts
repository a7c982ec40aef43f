import type { JSONSchema } from 'json-schema-to-ts'
import type { Shape } from '../../protocol/index.ts'

const spans = {
  type: 'array',
  items: {
    type: 'object',
    required: ['atMs', 'durationMs'],
    properties: { atMs: { type: 'number' }, durationMs: { type: 'number' } },
  },
} as const satisfies JSONSchema

/**
 * The good answer with the most dead air, as the caller heard it. Times count from the request.
 */
export const deadAirSchema = {
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
} as const satisfies JSONSchema

export type DeadAirExample = Shape<typeof deadAirSchema>
