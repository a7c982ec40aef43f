import type { JSONSchema } from 'json-schema-to-ts'
import { BOUNDS } from '../bounds.ts'
import { keyHolderProperties } from '../keys/keys-schema.ts'

const milliseconds = (description: string) =>
  ({ type: 'integer', minimum: 1, maximum: BOUNDS.milliseconds, description }) as const
const texts = { type: 'array', minItems: 1, items: { type: 'string', minLength: 1 } } as const
const variable = {
  type: 'string',
  pattern: '^[A-Za-z_][A-Za-z0-9_]*$',
} as const
const count = (description: string) => ({ type: 'integer', minimum: 1, description }) as const

const upstream = {
  type: 'object',
  required: ['upstream'],
  additionalProperties: false,
  properties: {
    upstream: {
      type: 'string',
      minLength: 1,
      description: 'A provider, such as "anthropic", or the base URL of a server.',
    },
    model: { type: 'string', minLength: 1, description: 'The model that it is asked for.' },
    apiKeyEnv: {
      ...variable,
      description:
        'The environment variable that holds its key; that of the provider, when absent.',
    },
    headers: {
      type: 'object',
      additionalProperties: { type: 'string' },
      description: 'Further headers for a server.',
    },
    headersEnv: {
      type: 'object',
      additionalProperties: variable,
      description: 'The same, by the environment variables that hold them.',
    },
    name: { type: 'string', minLength: 1, description: 'As logs and metrics name a server.' },
  },
} as const satisfies JSONSchema

/** What `soundcheck.gateway.json` may hold. */
export const gatewayConfigSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://unpkg.com/llm-soundcheck/schemas/gateway.schema.json',
  title: 'Configuration of the gateway of soundcheck',
  description:
    'What "soundcheck gateway" asks, and what it does for the voice; the command line wins. It holds no secrets, but names of environment variables.',
  type: 'object',
  additionalProperties: false,
  properties: {
    $schema: { type: 'string' },
    models: {
      type: 'object',
      minProperties: 1,
      description:
        'What answers, by the name that a request asks for, in the order in which it is fallen back to. A single model answers to every name.',
      additionalProperties: { type: 'array', minItems: 1, items: upstream },
    },
    bufferWords: {
      type: 'object',
      required: ['afterMs'],
      additionalProperties: false,
      description: 'What the caller hears where an answer is slow.',
      properties: {
        afterMs: milliseconds('After how long without a word.'),
        words: { ...texts, description: 'One of them is said.' },
        byLanguage: {
          type: 'object',
          additionalProperties: texts,
          description: 'The same, by language: {"de": ["Einen Moment... "]}.',
        },
        afterTools: {
          type: 'boolean',
          description: 'Whether they are said, too, where a tool has just answered.',
        },
        seed: { type: 'integer', description: 'What they are chosen by, beside the request.' },
      },
    },
    limits: {
      type: 'object',
      additionalProperties: false,
      description: 'How long is waited, in milliseconds.',
      properties: {
        connectMs: milliseconds('For a connection.'),
        firstContentMs: milliseconds('For the first content of one upstream.'),
        silenceMs: milliseconds('Without anything said, once something was.'),
        totalMs: milliseconds('For the whole answer.'),
      },
    },
    apology: {
      type: 'string',
      minLength: 1,
      description: 'Said in place of an answer that does not come in time.',
    },
    reasoning: { enum: ['drop', 'send'], description: 'What becomes of it; it is never spoken.' },
    fallback: {
      type: 'object',
      additionalProperties: false,
      description: 'How a failing upstream is asked again, and passed over.',
      properties: {
        retries: {
          type: 'integer',
          minimum: 0,
          maximum: BOUNDS.retries,
          description: 'How often, of one.',
        },
        failures: count('After how many in a row one is passed over.'),
        coolOffMs: milliseconds('For how long.'),
      },
    },
    turns: {
      type: 'object',
      additionalProperties: false,
      description: 'What becomes of requests of one conversation at the same time.',
      properties: {
        cancelOlder: { type: 'boolean', description: 'Whether a newer one ends the older one.' },
        joinSame: { type: 'boolean', description: 'Whether the same is asked upstream once.' },
        byHistory: { type: 'boolean', description: 'Whether histories tell conversations.' },
        header: { type: 'string', minLength: 1, description: 'The header that names them.' },
      },
    },
    keys: {
      type: 'array',
      minItems: 1,
      description: 'Who may ask. Each key stands in an environment variable, or as its SHA-256.',
      items: {
        type: 'object',
        required: ['name'],
        additionalProperties: false,
        properties: {
          ...keyHolderProperties,
          keyEnv: { ...variable, description: 'The environment variable that holds the key.' },
        },
        oneOf: [{ required: ['keyEnv'] }, { required: ['sha256'] }],
      },
    },
    keysFile: { type: 'string', minLength: 1, description: 'A file of keys, in place of "keys".' },
    perMinute: count('Requests in a minute, of one key, or one address where none is needed.'),
    cache: {
      type: 'object',
      required: ['ttlSeconds'],
      additionalProperties: false,
      description: 'Gives answers again that were given before.',
      properties: {
        ttlSeconds: { type: 'number', exclusiveMinimum: 0, description: 'For how long.' },
        most: count('How many are kept in memory.'),
        pace: { enum: ['recorded', 'at-once'], description: 'As they first came, or at once.' },
      },
    },
    storeResponses: {
      type: 'object',
      required: ['ttlSeconds'],
      additionalProperties: false,
      description: 'Keeps responses, for "previous_response_id" to go on from.',
      properties: {
        ttlSeconds: { type: 'number', exclusiveMinimum: 0, description: 'For how long.' },
        most: count('How many responses and items are kept in memory.'),
      },
    },
    redis: {
      type: 'object',
      required: ['urlEnv'],
      additionalProperties: false,
      description: 'Keeps limits, answers and responses for more than one instance.',
      properties: {
        urlEnv: { ...variable, description: 'The environment variable that holds its URL.' },
        down: {
          enum: ['open', 'closed'],
          description: 'Whether requests are let through while it cannot be reached.',
        },
      },
    },
    host: { type: 'string', minLength: 1, description: 'The address to listen on.' },
    port: { type: 'integer', minimum: 0, maximum: 65_535, description: 'The port.' },
    allowAnyone: { type: 'boolean', description: 'Answers whoever asks, without a key.' },
    cors: { ...texts, description: 'Origins whose pages may ask.' },
    bodyLimit: count('The largest request body, in bytes.'),
    drainSeconds: {
      type: 'number',
      minimum: 0,
      maximum: 3_600,
      description: 'How long answers may take to end when the gateway is stopped.',
    },
    logContent: { type: 'boolean', description: 'Logs what was asked and said, too.' },
  },
} as const satisfies JSONSchema
