import { answerSchema } from './answer-schema.ts'
import { pacingSchemas } from './pacing-schemas.ts'
import { whenSchemas } from './when-schemas.ts'

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
    ...whenSchemas,
    answer: answerSchema,
    ...pacingSchemas,
  },
} as const
