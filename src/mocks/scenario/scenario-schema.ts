import type { JSONSchema } from 'json-schema-to-ts'

const milliseconds = { type: 'number', minimum: 0 } as const

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

/** Scenarios as a file holds them, as JSON Schema 2020-12. */
export const scenariosSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://unpkg.com/llm-soundcheck/schemas/scenarios.schema.json',
  title: 'Scenarios of the mock LLM',
  description: 'The first scenario whose conditions all hold answers the request.',
  type: 'object',
  required: ['scenarios'],
  additionalProperties: false,
  properties: {
    $schema: { type: 'string' },
    scenarios: { type: 'array', items: { $ref: '#/$defs/scenario' } },
  },
  $defs: {
    scenario: {
      type: 'object',
      required: ['then'],
      additionalProperties: false,
      properties: {
        name: { type: 'string', minLength: 1, description: 'Names it in errors and the journal.' },
        when: { $ref: '#/$defs/when' },
        then: {
          description:
            'Text, an answer, or a sequence: one for each time in a conversation, then the last one again.',
          if: { type: 'array' },
          then: { type: 'array', minItems: 1, items: { $ref: '#/$defs/answer' } },
          else: { $ref: '#/$defs/answer' },
        },
      },
    },
    when: {
      type: 'object',
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
          if: { type: 'boolean' },
          else: {
            if: { type: 'object', required: ['any'] },
            then: {
              type: 'object',
              additionalProperties: false,
              properties: { any: { $ref: '#/$defs/toolResult' } },
            },
            else: { $ref: '#/$defs/toolResult' },
          },
        },
        turn: {
          type: 'integer',
          minimum: 0,
          description: 'How many messages of the assistant the history holds.',
        },
        model: { $ref: '#/$defs/pattern', description: 'Name of the model asked for.' },
        header: { type: 'object', additionalProperties: { $ref: '#/$defs/pattern' } },
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
      additionalProperties: false,
      properties: {
        name: { $ref: '#/$defs/pattern' },
        id: { $ref: '#/$defs/pattern' },
        content: { $ref: '#/$defs/pattern' },
      },
    },
    pattern: {
      if: { type: 'string' },
      else: {
        type: 'object',
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
      if: { type: 'string' },
      else: {
        type: 'object',
        additionalProperties: false,
        properties: {
          text: { type: 'string' },
          calls: {
            type: 'array',
            minItems: 1,
            items: {
              type: 'object',
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
            if: { type: 'string' },
            else: {
              type: 'object',
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
      additionalProperties: false,
      properties: {
        ttft: { $ref: '#/$defs/distribution' },
        tokensPerSecond: { type: 'number', exclusiveMinimum: 0 },
        gap: { $ref: '#/$defs/distribution' },
        jitter: { type: 'number', minimum: 0, maximum: 1 },
        stalls: {
          type: 'array',
          items: {
            type: 'object',
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
      if: { type: 'number' },
      then: milliseconds,
      else: {
        type: 'object',
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
