import type { JSONSchema } from 'json-schema-to-ts'
import type { Shape } from '../../protocol/index.ts'

const count = { type: 'integer', minimum: 0 } as const

/** How many checks ended how. */
export const summarySchema = {
  type: 'object',
  required: ['pass', 'fail', 'skip', 'inconclusive', 'errors', 'warnings', 'infos'],
  properties: {
    pass: count,
    fail: count,
    skip: count,
    inconclusive: count,
    errors: { ...count, description: 'Failed checks whose worst finding is an error.' },
    warnings: { ...count, description: 'Failed checks whose worst finding is a warning.' },
    infos: { ...count, description: 'Failed checks with nothing worse than an info.' },
  },
} as const satisfies JSONSchema

export type Summary = Shape<typeof summarySchema>
