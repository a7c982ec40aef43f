import type { JSONSchema } from 'json-schema-to-ts'

/** What is said of a key, beside the key. */
export const keyHolderProperties = {
  name: {
    type: 'string',
    minLength: 1,
    maxLength: 64,
    description: 'As logs and metrics name it.',
  },
  models: {
    type: 'array',
    minItems: 1,
    items: { type: 'string' },
    description: 'The models that it may ask for; all, when absent.',
  },
  perMinute: { type: 'integer', minimum: 1, description: 'Requests in a minute.' },
  tokensPerDay: {
    type: 'integer',
    minimum: 1,
    description: 'Tokens in a day, by UTC, in and out together.',
  },
  sha256: {
    type: 'string',
    pattern: '^[0-9a-fA-F]{64}$',
    description: 'The SHA-256 of the key, in hexadecimal.',
  },
} as const satisfies Record<string, JSONSchema>

/** A file of keys. */
export const keysSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://unpkg.com/llm-soundcheck/schemas/gateway-keys.schema.json',
  title: 'Keys of a gateway of soundcheck',
  description: 'Who may ask. Read again whenever it changes.',
  type: 'object',
  required: ['keys'],
  additionalProperties: false,
  properties: {
    $schema: { type: 'string' },
    keys: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['name'],
        additionalProperties: false,
        properties: {
          ...keyHolderProperties,
          key: {
            type: 'string',
            pattern: '^\\S+$',
            description: 'The key itself, without blanks, or else "sha256".',
          },
        },
        oneOf: [{ required: ['key'] }, { required: ['sha256'] }],
      },
    },
  },
} as const satisfies JSONSchema
