import type { JSONSchema } from 'json-schema-to-ts'
import type { Shape } from '../../protocol/index.ts'
import { SEVERITIES } from '../check/severity.ts'

const severity = { enum: SEVERITIES } as const
const text = { type: 'string' } as const
const nullableText = { type: ['string', 'null'] } as const

export const findingSchema = {
  type: 'object',
  required: [
    'probe',
    'exchange',
    'severity',
    'message',
    'count',
    'expected',
    'actual',
    'event',
    'bytes',
    'atMs',
    'path',
    'excerpt',
    'repeat',
  ],
  properties: {
    probe: { ...text, description: 'The probe, or the file.' },
    exchange: { ...text, description: 'The id of the exchange: farewell-2.' },
    severity,
    message: text,
    count: { type: 'integer', minimum: 1, description: 'How often it was seen.' },
    expected: text,
    actual: nullableText,
    event: {
      type: ['integer', 'null'],
      description: 'Ordinal of the event in its stream, from 1.',
    },
    bytes: {
      anyOf: [
        { type: 'array', items: { type: 'integer' }, minItems: 2, maxItems: 2 },
        { type: 'null' },
      ],
      description: 'Offsets into the body; the end is excluded.',
    },
    atMs: {
      type: ['number', 'null'],
      description: 'When it arrived, in milliseconds from the request.',
    },
    path: { ...nullableText, description: "JSON Pointer into the event's data." },
    excerpt: { ...nullableText, description: 'The bytes, as text.' },
    known: { ...text, description: 'Why the baseline accepts it; absent unless it does.' },
    repeat: {
      ...nullableText,
      description:
        'A curl command that sends the request again; null where another finding of the check has it, or nothing would answer.',
    },
  },
} as const satisfies JSONSchema

const adviceSchema = {
  type: 'object',
  required: ['requires', 'source', 'url', 'seenIn', 'effect', 'fix'],
  properties: {
    requires: text,
    source: { ...text, description: 'The authority that requires it.' },
    url: text,
    seenIn: { ...nullableText, description: 'A report of the failure in the field.' },
    effect: text,
    fix: text,
  },
} as const satisfies JSONSchema

/** What one check says. */
export const checkResultSchema = {
  type: 'object',
  required: ['id', 'title', 'severity', 'status', 'reason', 'findings', 'advice'],
  properties: {
    id: text,
    title: text,
    severity: {
      ...severity,
      description: 'That of its worst finding; without findings, the worst it could be.',
    },
    status: { enum: ['pass', 'fail', 'skip', 'inconclusive'] },
    reason: {
      ...nullableText,
      description: 'Why it was skipped, what it could not judge, or what was left out.',
    },
    findings: { type: 'array', items: findingSchema },
    advice: {
      anyOf: [adviceSchema, { type: 'null' }],
      description: 'What is required, what breaks and how to fix it; null unless it failed.',
    },
  },
} as const satisfies JSONSchema

export type Finding = Shape<typeof findingSchema>
export type CheckResult = Shape<typeof checkResultSchema>
