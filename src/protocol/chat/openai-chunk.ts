import type { JSONSchema } from 'json-schema-to-ts'
import { chatChunkSchema } from './chat-chunk.ts'

const count = { type: 'integer' } as const

const token = {
  token: { type: 'string' },
  logprob: { type: 'number' },
  bytes: { type: ['array', 'null'], items: { type: 'integer' } },
} as const

const tokensSchema = {
  type: ['array', 'null'],
  items: {
    type: 'object',
    required: ['token', 'logprob', 'bytes', 'top_logprobs'],
    properties: {
      ...token,
      top_logprobs: {
        type: 'array',
        items: {
          type: 'object',
          required: ['token', 'logprob', 'bytes'],
          properties: token,
        },
      },
    },
  },
} as const satisfies JSONSchema

/**
 * A chunk as OpenAI's specification describes it, with the members that voice platforms ignore.
 *
 * @see https://github.com/openai/openai-openapi (`CreateChatCompletionStreamResponse`)
 */
export const openaiChunkSchema = {
  allOf: [
    chatChunkSchema,
    {
      type: 'object',
      properties: {
        service_tier: { type: 'string' },
        obfuscation: { type: 'string' },
        choices: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              logprobs: {
                type: 'object',
                required: ['content', 'refusal'],
                properties: { content: tokensSchema, refusal: tokensSchema },
              },
              delta: {
                type: 'object',
                properties: {
                  function_call: {
                    type: 'object',
                    properties: { name: { type: 'string' }, arguments: { type: 'string' } },
                  },
                },
              },
            },
          },
        },
        usage: {
          type: 'object',
          properties: {
            prompt_tokens_details: {
              type: 'object',
              properties: { audio_tokens: count, cached_tokens: count },
            },
            completion_tokens_details: {
              type: 'object',
              properties: {
                accepted_prediction_tokens: count,
                audio_tokens: count,
                reasoning_tokens: count,
                rejected_prediction_tokens: count,
              },
            },
          },
        },
      },
    },
  ],
} as const satisfies JSONSchema
