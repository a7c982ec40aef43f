import type { JSONSchema } from 'json-schema-to-ts'

const milliseconds = {
  type: 'number',
  errorMessage: 'must be a number of milliseconds',
  minimum: 0,
} as const

/** How fast an answer comes, as JSON Schemas that refer to each other. */
export const pacingSchemas = {
  pacing: {
    type: 'object',
    errorMessage: 'must be an object such as { ttft: 400, tokensPerSecond: 40 }',
    additionalProperties: false,
    properties: {
      ttft: { $ref: '#/$defs/distribution' },
      tokensPerSecond: { type: 'number', exclusiveMinimum: 0 },
      gap: { $ref: '#/$defs/distribution' },
      jitter: { type: 'number', minimum: 0, maximum: 1 },
      stalls: {
        type: 'array',
        errorMessage: 'must be a list, such as [{ after: 5, ms: 800 }]',
        items: {
          type: 'object',
          errorMessage: 'must be an object such as { after: 5, ms: 800 }',
          required: ['after', 'ms'],
          additionalProperties: false,
          properties: {
            after: { type: 'integer', minimum: 1 },
            ms: { $ref: '#/$defs/distribution' },
          },
        },
      },
      recorded: {
        type: 'array',
        errorMessage: 'must be a list of milliseconds, such as [412, 430, 455]',
        minItems: 1,
        items: milliseconds,
      },
      speed: { type: 'number', exclusiveMinimum: 0 },
      prefill: milliseconds,
      slowdown: { type: 'number', minimum: 0 },
    },
  },
  distribution: {
    description: 'Milliseconds, or what they are drawn from.',
    type: ['number', 'object'],
    errorMessage:
      'must be a number of milliseconds, or an object such as { distribution: normal, mean: 400, deviation: 50 }',
    minimum: 0,
    if: { type: 'object' },
    then: {
      required: ['distribution'],
      properties: {
        distribution: { enum: ['constant', 'normal', 'lognormal', 'pareto', 'recorded'] },
      },
      allOf: [
        drawnFrom('constant', { value: milliseconds }),
        drawnFrom('normal', { mean: milliseconds, deviation: milliseconds }),
        drawnFrom('lognormal', { median: milliseconds, sigma: { type: 'number', minimum: 0 } }),
        drawnFrom('pareto', {
          least: milliseconds,
          alpha: { type: 'number', exclusiveMinimum: 0 },
        }),
        drawnFrom('recorded', { values: { type: 'array', minItems: 1, items: milliseconds } }),
      ],
    },
  },
} as const

function drawnFrom<const Parameters extends Readonly<Record<string, JSONSchema>>>(
  name: string,
  parameters: Parameters,
) {
  return {
    if: { properties: { distribution: { const: name } } },
    then: {
      required: Object.keys(parameters),
      additionalProperties: false,
      properties: { distribution: {}, ...parameters },
    },
  } as const
}
