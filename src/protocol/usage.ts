import type { JSONSchema } from 'json-schema-to-ts'
import type { Shape } from './json/shape.ts'

/** Tokens of one answer. */
export const usageSchema = {
  type: 'object',
  required: ['prompt_tokens', 'completion_tokens', 'total_tokens'],
  properties: {
    prompt_tokens: { type: 'integer', minimum: 0 },
    completion_tokens: { type: 'integer', minimum: 0 },
    total_tokens: { type: 'integer', minimum: 0 },
  },
} as const satisfies JSONSchema

export type Usage = Shape<typeof usageSchema> & UsageDetails

/** What a part of the tokens was for. */
interface UsageDetails {
  readonly prompt_tokens_details?: {
    readonly cached_tokens?: number
    readonly audio_tokens?: number
  }
  readonly completion_tokens_details?: {
    readonly reasoning_tokens?: number
    readonly audio_tokens?: number
    readonly accepted_prediction_tokens?: number
    readonly rejected_prediction_tokens?: number
  }
}
