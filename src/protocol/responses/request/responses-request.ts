import type { JSONSchema } from 'json-schema-to-ts'

const nullableText = { type: ['string', 'null'] } as const

const nullableObject = { type: ['object', 'null'] } as const
const nullableFlag = { type: ['boolean', 'null'] } as const

const whereTypeIs = (type: string, required: readonly string[]) => ({
  if: { properties: { type: { const: type } }, required: ['type'] },
  then: { required: [...required] },
})

/**
 * The body of `POST /responses`.
 *
 * Says only what an endpoint must be able to rely on: items need no `type`, unknown members are welcome,
 * and `null` stands for an absent optional member.
 *
 * @see https://platform.openai.com/docs/api-reference/responses/create
 */
export const responsesRequestSchema = {
  type: 'object',
  required: ['model'],
  properties: {
    model: { type: 'string', minLength: 1 },
    input: {
      type: ['string', 'array', 'null'],
      items: {
        type: 'object',
        properties: {
          type: { type: 'string' },
          role: { enum: ['system', 'developer', 'user', 'assistant'] },
          content: {
            type: ['string', 'array', 'null'],
            items: {
              type: 'object',
              required: ['type'],
              properties: { type: { type: 'string' }, text: { type: 'string' } },
            },
          },
          id: nullableText,
          call_id: { type: 'string' },
          name: { type: 'string' },
          arguments: { type: 'string' },
        },
        allOf: [
          whereTypeIs('message', ['role', 'content']),
          whereTypeIs('function_call', ['call_id', 'name', 'arguments']),
          whereTypeIs('function_call_output', ['call_id', 'output']),
          whereTypeIs('item_reference', ['id']),
          { if: { not: { required: ['type'] } }, then: { required: ['role', 'content'] } },
        ],
      },
    },
    instructions: nullableText,
    previous_response_id: nullableText,
    conversation: { type: ['string', 'object', 'null'] },
    stream: nullableFlag,
    store: nullableFlag,
    background: nullableFlag,
    include: { type: ['array', 'null'], items: { type: 'string' } },
    metadata: nullableObject,
    truncation: nullableText,
    max_output_tokens: { type: ['integer', 'null'] },
    temperature: { type: ['number', 'null'], minimum: 0, maximum: 2 },
    top_p: { type: ['number', 'null'], minimum: 0, maximum: 1 },
    parallel_tool_calls: nullableFlag,
    tools: {
      type: ['array', 'null'],
      items: {
        type: 'object',
        required: ['type'],
        properties: {
          type: { type: 'string' },
          name: { type: 'string', minLength: 1 },
          description: nullableText,
          parameters: nullableObject,
          strict: nullableFlag,
        },
        // Where it is nested, as chat completions have it, its name is there.
        if: {
          properties: { type: { enum: ['function', 'custom'] } },
          not: { anyOf: [{ required: ['function'] }, { required: ['custom'] }] },
        },
        then: { required: ['name'] },
      },
    },
    tool_choice: { type: ['string', 'object', 'null'] },
    text: nullableObject,
    reasoning: nullableObject,
    elevenlabs_extra_body: nullableObject,
  },
} as const satisfies JSONSchema
