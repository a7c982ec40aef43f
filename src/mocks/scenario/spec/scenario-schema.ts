import type { JSONSchema } from 'json-schema-to-ts'

const milliseconds = {
  type: 'number',
  errorMessage: 'must be a number of milliseconds',
  minimum: 0,
} as const

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

/**
 * Scenarios as a file holds them, as JSON Schema 2020-12; `errorMessage`, which editors know too, says
 * what is expected where a value is of another type.
 */
export const scenariosSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://unpkg.com/llm-soundcheck/schemas/scenarios.schema.json',
  title: 'Scenarios of the mock LLM',
  description: 'The first scenario whose conditions all hold answers the request.',
  type: 'object',
  errorMessage: 'must be an object with "scenarios"',
  required: ['scenarios'],
  additionalProperties: false,
  properties: {
    $schema: { type: 'string' },
    scenarios: {
      type: 'array',
      errorMessage: 'must be a list',
      items: { $ref: '#/$defs/scenario' },
    },
  },
  $defs: {
    scenario: {
      type: 'object',
      errorMessage: 'must be an object with "then"',
      required: ['then'],
      additionalProperties: false,
      properties: {
        name: { type: 'string', minLength: 1, description: 'Names it in errors and the journal.' },
        when: { $ref: '#/$defs/when' },
        then: {
          description:
            'Text, an answer, or a sequence: one for each time in a conversation, then the last one again.',
          type: ['string', 'object', 'array'],
          errorMessage:
            'must be text, an answer such as { calls: [{ name: lookup }] }, or a list of these',
          minItems: 1,
          items: { $ref: '#/$defs/answer' },
          if: { type: 'object' },
          then: { $ref: '#/$defs/answer' },
        },
      },
    },
    when: {
      type: 'object',
      errorMessage: 'must be an object of conditions, such as { user: hello }',
      description: 'Every condition that is given must hold.',
      additionalProperties: false,
      properties: {
        user: {
          $ref: '#/$defs/pattern',
          description: 'The text of the last user message, even an empty one.',
        },
        system: { $ref: '#/$defs/pattern', description: 'All system and developer messages.' },
        message: { $ref: '#/$defs/pattern', description: 'Any message.' },
        tool: { $ref: '#/$defs/pattern', description: 'Name of a tool that is offered.' },
        toolResult: {
          description:
            'The last result since the user last spoke, or, within "any", any of them; true when there is one, false when there is none.',
          type: ['boolean', 'object'],
          errorMessage: 'must be true, false, or an object such as { name: lookup }',
          if: { type: 'object', required: ['any'] },
          then: {
            additionalProperties: false,
            properties: { any: { $ref: '#/$defs/toolResult' } },
          },
          else: { if: { type: 'object' }, then: { $ref: '#/$defs/toolResult' } },
        },
        turn: {
          type: 'integer',
          minimum: 0,
          description: 'How many messages of the assistant the history holds.',
        },
        model: { $ref: '#/$defs/pattern', description: 'Name of the model asked for.' },
        header: {
          type: 'object',
          errorMessage: 'must be an object, such as { x-tenant: acme }',
          additionalProperties: { $ref: '#/$defs/pattern' },
        },
        elevenlabs_extra_body: {
          type: 'object',
          description: 'Members it has, with these values.',
        },
        nth: {
          type: 'integer',
          minimum: 1,
          description: 'Which time in this conversation the other conditions hold.',
        },
        attempt: {
          type: 'integer',
          minimum: 1,
          description: 'Which time this very request is sent, within its scope.',
        },
      },
    },
    toolResult: {
      type: 'object',
      errorMessage: 'must be an object such as { name: lookup }',
      additionalProperties: false,
      properties: {
        name: { $ref: '#/$defs/pattern' },
        id: { $ref: '#/$defs/pattern' },
        content: { $ref: '#/$defs/pattern' },
      },
    },
    pattern: {
      type: ['string', 'object'],
      errorMessage: 'must be a string, or an object such as { regex: "^hello" }',
      if: { type: 'object' },
      then: {
        required: ['regex'],
        additionalProperties: false,
        properties: {
          regex: {
            type: 'string',
            description:
              'As in JavaScript; without backreferences, and lookaheads only behind "^".',
          },
          flags: { type: 'string', pattern: '^[dimsuv]*$' },
        },
      },
    },
    answer: {
      type: ['string', 'object'],
      errorMessage: 'must be text, or an answer such as { calls: [{ name: lookup }] }',
      if: { type: 'object' },
      then: {
        additionalProperties: false,
        properties: {
          text: { type: 'string' },
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
              headers: { type: 'object', additionalProperties: { type: 'string' } },
              body: {},
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
    },
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
