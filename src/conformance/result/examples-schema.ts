import type { JSONSchema } from 'json-schema-to-ts'
import type { Shape } from '../../protocol/index.ts'
import { findingSchema } from './check-result-schema.ts'

const exampleSchema = {
  type: 'object',
  required: ['fault', 'finding'],
  properties: {
    fault: { type: 'string', description: 'The mutant of the check that was played.' },
    finding: findingSchema,
  },
} as const satisfies JSONSchema

/** What each check says of one of its mutants, by the id of the check, and that of the dialect. */
export const examplesSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://unpkg.com/llm-soundcheck/schemas/examples.schema.json',
  title: 'A finding of each check',
  type: 'object',
  additionalProperties: { type: 'object', additionalProperties: exampleSchema },
} as const satisfies JSONSchema

export type Example = Shape<typeof exampleSchema>
export type Examples = Readonly<Record<string, Readonly<Record<string, Example>>>>
