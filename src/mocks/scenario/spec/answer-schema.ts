function tokenCounts<const Name extends string>(...names: Name[]) {
  const count = { type: 'integer', minimum: 0 } as const
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(names.map((name) => [name, count])) as Record<
      Name,
      typeof count
    >,
  } as const
}

/** One answer of a scenario, as JSON Schema. */
export const answerSchema = {
  type: ['string', 'object'],
  errorMessage: 'must be text, or an answer such as { calls: [{ name: lookup }] }',
  if: { type: 'object' },
  then: {
    additionalProperties: false,
    properties: {
      text: { type: 'string' },
      messages: {
        type: 'array',
        errorMessage: 'must be a list of messages, such as [{ text: One moment. }]',
        minItems: 1,
        items: {
          type: 'object',
          errorMessage: 'must be an object such as { phase: commentary, text: One moment. }',
          required: ['text'],
          additionalProperties: false,
          properties: {
            phase: { enum: ['commentary', 'final_answer'] },
            text: { type: 'string', minLength: 1 },
          },
        },
      },
      calls: {
        type: 'array',
        errorMessage: 'must be a list of calls, such as [{ name: lookup }]',
        minItems: 1,
        items: {
          type: 'object',
          errorMessage: 'must be an object such as { name: lookup }',
          required: ['name'],
          additionalProperties: false,
          properties: {
            name: { type: 'string', minLength: 1 },
            arguments: {
              description: 'A value becomes JSON; a string is sent as it is.',
            },
            id: { type: 'string', minLength: 1 },
          },
        },
      },
      interleave: { type: 'boolean' },
      reasoning: { type: 'string' },
      refusal: { type: 'string' },
      error: {
        type: 'object',
        errorMessage: 'must be an object such as { status: 503 }',
        additionalProperties: false,
        properties: {
          status: { type: 'integer', minimum: 400, maximum: 599 },
          message: { type: 'string' },
          type: { type: 'string' },
          code: { type: 'string' },
          param: { type: 'string' },
          headers: {
            type: 'object',
            additionalProperties: false,
            patternProperties: {
              "^[\\w!#$%&'*+.^`|~-]+$": {
                type: 'string',
                pattern: '^[\\t\\x20-\\x7e\\x80-\\xff]*$',
              },
            },
          },
          body: { description: 'A value becomes JSON; a string is sent as it is.' },
          afterTokens: { type: 'integer', minimum: 0 },
        },
      },
      finishReason: {
        enum: ['stop', 'length', 'tool_calls', 'content_filter', 'function_call'],
      },
      usage: {
        type: 'object',
        additionalProperties: false,
        properties: {
          prompt_tokens: { type: 'integer', minimum: 0 },
          completion_tokens: { type: 'integer', minimum: 0 },
          total_tokens: { type: 'integer', minimum: 0 },
          prompt_tokens_details: tokenCounts('cached_tokens', 'audio_tokens'),
          completion_tokens_details: tokenCounts(
            'reasoning_tokens',
            'audio_tokens',
            'accepted_prediction_tokens',
            'rejected_prediction_tokens',
          ),
        },
      },
      bufferWords: { type: 'string' },
      pacing: { $ref: '#/$defs/pacing' },
      fault: {
        type: ['string', 'object'],
        errorMessage:
          'must be the name of a fault, or an object such as { name: network/reset, rate: 0.1 }',
        if: { type: 'object' },
        then: {
          required: ['name'],
          additionalProperties: false,
          properties: {
            name: { type: 'string' },
            rate: { type: 'number', minimum: 0, maximum: 1 },
          },
        },
      },
    },
  },
} as const
