import type { JSONSchema } from 'json-schema-to-ts'
import type { Shape } from './json/shape.ts'

const named = {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string' } },
} as const

const functionDefinition = {
  type: 'object',
  required: ['name'],
  properties: {
    name: { type: 'string', minLength: 1 },
    description: { type: ['string', 'null'] },
    parameters: { type: ['object', 'null'] },
    strict: { type: ['boolean', 'null'] },
  },
} as const

const whereTypeIs = (type: string) => ({
  if: { properties: { type: { const: type } }, required: ['type'] },
  then: { required: [type] },
})

const hasWhatItsTypeNames = {
  allOf: ['function', 'custom', 'allowed_tools', 'json_schema'].map(whereTypeIs),
}

/**
 * The body of `POST /chat/completions`.
 *
 * Says only what an endpoint must be able to rely on. Unknown members are welcome, `null` stands for
 * an absent optional member, and `max_tokens` may be -1: platforms send all three.
 *
 * @see https://platform.openai.com/docs/api-reference/chat/create
 */
export const chatRequestSchema = {
  type: 'object',
  required: ['model', 'messages'],
  properties: {
    model: { type: 'string', minLength: 1 },
    messages: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['role'],
        properties: {
          role: { enum: ['system', 'developer', 'user', 'assistant', 'tool', 'function'] },
          content: {
            type: ['string', 'array', 'null'],
            items: {
              type: 'object',
              required: ['type'],
              properties: { type: { type: 'string' }, text: { type: 'string' } },
            },
          },
          name: { type: ['string', 'null'] },
          tool_call_id: { type: ['string', 'null'] },
          tool_calls: {
            type: ['array', 'null'],
            items: {
              type: 'object',
              required: ['id'],
              properties: {
                id: { type: 'string' },
                type: { enum: ['function', 'custom'] },
                function: {
                  type: 'object',
                  required: ['name', 'arguments'],
                  properties: { name: { type: 'string' }, arguments: { type: 'string' } },
                },
                custom: {
                  type: 'object',
                  required: ['name', 'input'],
                  properties: { name: { type: 'string' }, input: { type: 'string' } },
                },
              },
              ...hasWhatItsTypeNames,
            },
          },
          function_call: { type: ['object', 'null'] },
        },
      },
    },
    stream: { type: ['boolean', 'null'] },
    stream_options: {
      type: ['object', 'null'],
      properties: { include_usage: { type: ['boolean', 'null'] } },
    },
    n: { type: ['integer', 'null'], minimum: 1, maximum: 128 },
    max_tokens: { type: ['integer', 'null'] },
    max_completion_tokens: { type: ['integer', 'null'] },
    temperature: { type: ['number', 'null'], minimum: 0, maximum: 2 },
    frequency_penalty: { type: ['number', 'null'] },
    presence_penalty: { type: ['number', 'null'] },
    logprobs: { type: ['boolean', 'null'] },
    top_logprobs: { type: ['integer', 'null'], minimum: 0, maximum: 20 },
    top_p: { type: ['number', 'null'], minimum: 0, maximum: 1 },
    stop: { type: ['string', 'array', 'null'], items: { type: 'string' } },
    tools: {
      type: ['array', 'null'],
      items: {
        type: 'object',
        required: ['type'],
        properties: {
          type: { enum: ['function', 'custom'] },
          function: functionDefinition,
          custom: {
            type: 'object',
            required: ['name'],
            properties: {
              name: { type: 'string', minLength: 1 },
              description: { type: ['string', 'null'] },
              format: {
                type: ['object', 'null'],
                properties: {
                  grammar: {
                    type: 'object',
                    required: ['syntax', 'definition'],
                    properties: {
                      syntax: { type: 'string' },
                      definition: { type: 'string' },
                    },
                  },
                },
              },
            },
          },
        },
        ...hasWhatItsTypeNames,
      },
    },
    functions: { type: ['array', 'null'], items: functionDefinition },
    function_call: {
      anyOf: [{ enum: ['none', 'auto', null] }, named],
    },
    tool_choice: {
      anyOf: [
        { enum: ['none', 'auto', 'required', null] },
        {
          type: 'object',
          required: ['type'],
          properties: {
            type: { enum: ['function', 'custom', 'allowed_tools'] },
            function: named,
            custom: named,
            allowed_tools: {
              type: 'object',
              required: ['mode', 'tools'],
              properties: {
                mode: { enum: ['auto', 'required'] },
                tools: {
                  type: 'array',
                  items: {
                    type: 'object',
                    required: ['type'],
                    properties: {
                      type: { enum: ['function', 'custom'] },
                      function: named,
                      custom: named,
                    },
                    ...hasWhatItsTypeNames,
                  },
                },
              },
            },
          },
          ...hasWhatItsTypeNames,
        },
      ],
    },
    parallel_tool_calls: { type: ['boolean', 'null'] },
    response_format: {
      type: ['object', 'null'],
      required: ['type'],
      properties: {
        type: { enum: ['text', 'json_object', 'json_schema'] },
        json_schema: {
          type: 'object',
          required: ['name'],
          properties: {
            name: { type: 'string' },
            schema: { type: 'object' },
            strict: { type: ['boolean', 'null'] },
          },
        },
      },
      ...hasWhatItsTypeNames,
    },
    elevenlabs_extra_body: { type: ['object', 'null'] },
  },
} as const satisfies JSONSchema

export type ChatRequest = Shape<typeof chatRequestSchema>
export type ChatMessage = ChatRequest['messages'][number]
export type CustomDefinition = NonNullable<NonNullable<ChatRequest['tools']>[number]['custom']>
export type FunctionDefinition = NonNullable<ChatRequest['functions']>[number]

/** The text of a message, whether it is a string or text parts. */
export function messageText(message: ChatMessage): string {
  const { content } = message
  if (typeof content === 'string') return content
  return content?.map((part) => part.text ?? '').join('') ?? ''
}
