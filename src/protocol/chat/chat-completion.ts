import type { JSONSchema } from 'json-schema-to-ts'
import type { Shape } from '../json/shape.ts'
import { usageSchema } from '../usage.ts'

/**
 * An answer that was not streamed.
 *
 * @see https://platform.openai.com/docs/api-reference/chat/object
 */
export const chatCompletionSchema = {
  type: 'object',
  required: ['id', 'object', 'created', 'model', 'choices'],
  properties: {
    id: { type: 'string', minLength: 1 },
    object: { const: 'chat.completion' },
    created: { type: 'integer' },
    model: { type: 'string' },
    system_fingerprint: { type: ['string', 'null'] },
    choices: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['index', 'message', 'finish_reason'],
        properties: {
          index: { type: 'integer', minimum: 0 },
          message: {
            type: 'object',
            required: ['role', 'content'],
            properties: {
              role: { const: 'assistant' },
              content: { type: ['string', 'null'] },
              reasoning_content: { type: ['string', 'null'] },
              refusal: { type: ['string', 'null'] },
              tool_calls: {
                type: 'array',
                items: {
                  type: 'object',
                  required: ['id', 'type', 'function'],
                  properties: {
                    id: { type: 'string' },
                    type: { const: 'function' },
                    function: {
                      type: 'object',
                      required: ['name', 'arguments'],
                      properties: { name: { type: 'string' }, arguments: { type: 'string' } },
                    },
                  },
                },
              },
            },
          },
          finish_reason: {
            enum: ['stop', 'length', 'tool_calls', 'content_filter', 'function_call'],
          },
        },
      },
    },
    usage: usageSchema,
  },
} as const satisfies JSONSchema

export type ChatCompletion = Shape<typeof chatCompletionSchema>
