import type { JSONSchema } from 'json-schema-to-ts'
import { knownFailureSchema } from '../baseline/baseline-schema.ts'

/** What became of each known failure. */
export const baselineResultSchema = {
  type: 'array',
  items: {
    type: 'object',
    required: [...knownFailureSchema.required, 'state'],
    properties: {
      ...knownFailureSchema.properties,
      state: {
        enum: ['applies', 'expired', 'stale', 'unjudged'],
        description: 'Still there; there for too long; gone; not judged in this run.',
      },
    },
  },
} as const satisfies JSONSchema
