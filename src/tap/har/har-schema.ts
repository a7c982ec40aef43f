import { exchangeSchema } from '../../wire/index.ts'

const pairs = {
  type: 'array',
  items: {
    type: 'object',
    required: ['name', 'value'],
    properties: { name: { type: 'string' }, value: { type: 'string' } },
  },
} as const

const content = {
  type: ['object', 'null'],
  properties: { text: { type: ['string', 'null'] }, encoding: { type: ['string', 'null'] } },
} as const

const request = {
  type: 'object',
  required: ['method', 'url', 'headers'],
  properties: {
    method: { type: 'string' },
    url: { type: 'string' },
    headers: pairs,
    postData: content,
  },
} as const

const response = {
  type: 'object',
  required: ['status', 'headers'],
  properties: {
    status: { type: 'integer' },
    statusText: { type: ['string', 'null'] },
    headers: pairs,
    content,
  },
} as const

const withoutRoom = {
  type: 'object',
  required: ['id', 'probe', 'connectMs', 'headMs', 'arrivals', 'coded', 'end'],
  properties: {
    id: { type: 'string' },
    probe: { type: 'string' },
    purpose: { const: 'control' },
    connectMs: { type: ['number', 'null'] },
    headMs: { type: ['number', 'null'] },
    arrivals: {
      type: 'array',
      items: {
        type: 'object',
        required: ['atMs', 'size'],
        properties: { atMs: { type: 'number' }, size: { type: 'integer', minimum: 0 } },
      },
    },
    coded: { anyOf: [{ type: 'null' }, { $ref: '#/$defs/arrivals' }] },
    end: exchangeSchema.properties.end,
  },
} as const

/** What is read of an HTTP Archive; who writes one adds or leaves out the rest as they like. */
export const harSchema = {
  type: 'object',
  required: ['log'],
  $defs: exchangeSchema.$defs,
  properties: {
    log: {
      type: 'object',
      required: ['entries'],
      properties: {
        entries: {
          type: 'array',
          items: {
            type: 'object',
            required: ['startedDateTime', 'request', 'response'],
            properties: {
              startedDateTime: { type: 'string' },
              request,
              response,
              timings: { type: ['object', 'null'] },
              _soundcheck: withoutRoom,
            },
          },
        },
      },
    },
  },
} as const
