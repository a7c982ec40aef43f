import type { JSONSchema } from 'json-schema-to-ts'
import type { Shape } from './json/shape.ts'

/**
 * The body of an answer with status 4xx or 5xx.
 *
 * @see https://github.com/openai/openai-openapi (`ErrorResponse`)
 */
export const errorResponseSchema = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['message', 'type', 'param', 'code'],
      properties: {
        message: { type: 'string' },
        type: { type: 'string' },
        param: { type: ['string', 'null'] },
        code: { type: ['string', 'null'] },
      },
    },
  },
} as const satisfies JSONSchema

export type ErrorResponse = Shape<typeof errorResponseSchema>
