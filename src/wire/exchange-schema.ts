/** A saved exchange, as JSON Schema 2020-12. */
export const exchangeSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://unpkg.com/llm-soundcheck/schemas/exchange.schema.json',
  title: 'One request and everything that came back',
  type: 'object',
  required: [
    'schemaVersion',
    'id',
    'probe',
    'startedAt',
    'connectMs',
    'request',
    'response',
    'arrivals',
    'decoded',
    'end',
  ],
  $defs: {
    headers: {
      type: 'array',
      items: {
        type: 'array',
        prefixItems: [{ type: 'string' }, { type: 'string' }],
        minItems: 2,
        maxItems: 2,
      },
    },
    arrivals: {
      type: 'array',
      items: {
        type: 'object',
        required: ['atMs'],
        oneOf: [{ required: ['text'] }, { required: ['base64'] }],
        properties: {
          atMs: { type: 'number' },
          text: { type: 'string' },
          base64: { type: 'string' },
        },
      },
    },
  },
  properties: {
    schemaVersion: { const: 1 },
    id: { type: 'string' },
    probe: { type: 'string' },
    purpose: { const: 'control' },
    startedAt: { type: 'string' },
    connectMs: { type: ['number', 'null'] },
    request: {
      type: 'object',
      required: ['method', 'url', 'headers', 'body'],
      properties: {
        method: { type: 'string', pattern: "^[\\w!#$%&'*+.^`|~-]+$" },
        url: { type: 'string' },
        headers: { $ref: '#/$defs/headers' },
        body: { type: ['string', 'null'] },
      },
    },
    response: {
      anyOf: [
        { type: 'null' },
        {
          type: 'object',
          required: ['status', 'statusText', 'headers', 'atMs'],
          properties: {
            status: { type: 'integer' },
            statusText: { type: 'string' },
            headers: { $ref: '#/$defs/headers' },
            atMs: { type: 'number' },
          },
        },
      ],
    },
    arrivals: { $ref: '#/$defs/arrivals' },
    decoded: { anyOf: [{ type: 'null' }, { $ref: '#/$defs/arrivals' }] },
    end: {
      type: 'object',
      required: ['how', 'atMs'],
      properties: {
        how: { enum: ['complete', 'held-open', 'timeout', 'too-large', 'aborted', 'failed'] },
        atMs: { type: 'number' },
        headBytes: { type: 'integer', minimum: 1 },
        reason: { type: 'string' },
        code: { type: 'string' },
        message: { type: 'string' },
      },
    },
  },
} as const
