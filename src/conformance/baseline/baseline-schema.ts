import type { JSONSchema } from 'json-schema-to-ts'
import type { Shape } from '../../protocol/index.ts'

/** A failure that is known, and does not fail a run. */
export const knownFailureSchema = {
  type: 'object',
  required: ['id', 'probe', 'reason'],
  additionalProperties: false,
  properties: {
    id: { type: 'string', description: 'The check, such as sse/done.' },
    probe: { type: 'string', description: 'The probe whose exchange shows it.' },
    reason: { type: 'string', minLength: 1, description: 'Why it is accepted.' },
    until: {
      type: ['string', 'null'],
      pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$',
      description: 'The last day, in UTC, on which it is accepted: 2026-12-31. Null for any day.',
    },
  },
} as const satisfies JSONSchema

/** The failures that are known, as a file. */
export const baselineSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://unpkg.com/llm-soundcheck/schemas/baseline.schema.json',
  title: 'Failures that soundcheck knows',
  type: 'object',
  required: ['failures'],
  additionalProperties: false,
  properties: {
    $schema: { type: 'string' },
    failures: { type: 'array', items: knownFailureSchema },
  },
} as const satisfies JSONSchema

export type KnownFailure = Shape<typeof knownFailureSchema>
export type Baseline = Shape<typeof baselineSchema>
