import type { JSONSchema } from 'json-schema-to-ts'
import type { Shape } from '../json/shape.ts'
import { usageSchema } from '../usage.ts'

/**
 * One `data:` payload of a streamed answer, as a well-behaved server writes it.
 *
 * @see https://platform.openai.com/docs/api-reference/chat-streaming
 */
export const chatChunkSchema = {
  type: 'object',
  required: ['id', 'object', 'created', 'model', 'choices'],
  properties: {
    id: { type: 'string', minLength: 1 },
    object: { const: 'chat.completion.chunk' },
    created: { type: 'integer' },
    model: { type: 'string' },
    system_fingerprint: { type: ['string', 'null'] },
    choices: {
      type: 'array',
      items: {
        type: 'object',
        required: ['index', 'delta', 'finish_reason'],
        properties: {
          index: { type: 'integer', minimum: 0 },
          delta: {
            type: 'object',
            properties: {
              role: { enum: ['assistant', null] },
              content: { type: ['string', 'null'] },
              reasoning_content: { type: ['string', 'null'] },
              refusal: { type: ['string', 'null'] },
              tool_calls: {
                type: ['array', 'null'],
                items: {
                  type: 'object',
                  required: ['index'],
                  properties: {
                    index: { type: 'integer', minimum: 0 },
                    id: { type: 'string' },
                    type: { const: 'function' },
                    function: {
                      type: 'object',
                      properties: { name: { type: 'string' }, arguments: { type: 'string' } },
                    },
                  },
                },
              },
            },
          },
          finish_reason: {
            enum: ['stop', 'length', 'tool_calls', 'content_filter', 'function_call', null],
          },
        },
      },
    },
    usage: { anyOf: [usageSchema, { type: 'null' }] },
  },
} as const satisfies JSONSchema

export type ChatChunk = Shape<typeof chatChunkSchema>

/** The payload that ends a stream. */
export const DONE = '[DONE]'
