import type { JSONSchema } from 'json-schema-to-ts'
import type { Shape } from '../../protocol/index.ts'

/** A number, where there was anything to measure. */
export const number = { type: ['number', 'null'] } as const
export const count = { type: 'integer', minimum: 0 } as const

/** The figures of a distribution. */
export const figures = {
  type: 'object',
  required: ['count', 'sum', 'mean', 'min', 'p50', 'p90', 'p95', 'p99', 'max', 'hdr'],
  properties: {
    count,
    sum: { type: 'number' },
    mean: number,
    min: number,
    p50: number,
    p90: number,
    p95: number,
    /** `null` with fewer values than it takes: 299. */
    p99: number,
    max: number,
    /** HdrHistogram V2, compressed, in base64; in thousandths. `null` when empty. */
    hdr: { type: ['string', 'null'] },
    /** The values themselves, where they were asked for. */
    sample: { type: 'array', items: { type: 'number' } },
  },
} as const satisfies JSONSchema

/** A metric: what it is, and its figures. */
export const metric = {
  ...figures,
  required: ['unit', 'definition', ...figures.required],
  properties: {
    unit: { type: 'string' },
    definition: { type: 'string' },
    /** What ElevenLabs calls it. */
    elevenLabs: { type: 'string' },
    ...figures.properties,
  },
} as const satisfies JSONSchema

export type Figures = Shape<typeof figures>
export type MetricSummary = Shape<typeof metric>
