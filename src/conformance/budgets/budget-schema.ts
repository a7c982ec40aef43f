import type { JSONSchema } from 'json-schema-to-ts'
import type { Shape } from '../../protocol/index.ts'

/** How a budget was kept. */
export const budgetSchema = {
  type: 'object',
  required: ['expression', 'actual', 'samples', 'needed', 'verdict'],
  properties: {
    expression: { type: 'string' },
    actual: { type: ['number', 'null'], description: 'Milliseconds.' },
    samples: { type: 'integer', minimum: 0, description: 'How many replies were judged.' },
    needed: { type: 'integer', minimum: 1, description: 'How many it takes.' },
    verdict: { enum: ['pass', 'fail', 'inconclusive'] },
  },
} as const satisfies JSONSchema

export type BudgetResult = Shape<typeof budgetSchema>
