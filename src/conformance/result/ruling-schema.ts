import type { JSONSchema } from 'json-schema-to-ts'

export const verdictSchema = {
  enum: ['pass', 'fail', 'over-budget', 'inconclusive'],
} as const satisfies JSONSchema

export const reasonsSchema = {
  type: 'array',
  items: { type: 'string' },
  description: 'Why the verdict is not what the failures alone would make it.',
} as const satisfies JSONSchema

export const toolSchema = {
  type: 'object',
  required: ['name', 'version'],
  properties: { name: { const: 'llm-soundcheck' }, version: { type: 'string' } },
} as const satisfies JSONSchema
