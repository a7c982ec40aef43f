import type { JSONSchema } from 'json-schema-to-ts'
import type { Shape } from '../json/shape.ts'

/**
 * The answer of `GET /models`.
 *
 * @see https://platform.openai.com/docs/api-reference/models/list
 */
export const modelListSchema = {
  type: 'object',
  required: ['object', 'data'],
  properties: {
    object: { const: 'list' },
    data: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'object', 'created', 'owned_by'],
        properties: {
          id: { type: 'string', minLength: 1 },
          object: { const: 'model' },
          created: { type: 'integer' },
          owned_by: { type: 'string' },
        },
      },
    },
  },
} as const satisfies JSONSchema

export type ModelList = Shape<typeof modelListSchema>
