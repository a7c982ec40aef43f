import type { JSONSchema } from 'json-schema-to-ts'
import type { Shape } from '../../protocol/index.ts'

/** What whoever recorded a request expects of the answer. */
export const expectationSchema = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: {
    tool: {
      type: ['string', 'null'],
      description: 'The tool that the reply calls; null for none.',
    },
    text: {
      type: 'string',
      format: 'regex',
      description: 'What the text of the reply matches: a JavaScript pattern, in any case.',
    },
    arguments: {
      type: 'object',
      description: 'A JSON Schema for the arguments of the tool call.',
    },
    firstContentMs: {
      type: 'number',
      exclusiveMinimum: 0,
      description: 'The most milliseconds until the first text or tool call.',
    },
  },
} as const satisfies JSONSchema

export type Expectation = Shape<typeof expectationSchema>
