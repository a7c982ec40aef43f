import type { Bound } from './bound.ts'

/** A budget as it is written, before its words are looked up. */
export interface Expression extends Bound {
  readonly expression: string
  readonly name: string
  /** What stands in braces. */
  readonly scope: string | undefined
  readonly statistic: string | undefined
}

const GRAMMAR =
  /^\s*(?<name>\w+)\s*(?:\{(?<scope>[^{}]*)\})?(?:\s+(?<statistic>[^\s<>=]+?))?\s*(?<operator>[<>]=?)\s*(?<bound>\d+(?:\.\d+)?)\s*$/

/**
 * Reads `<name>[{probe:<glob>}] [<statistic>] <operator> <number>`, the grammar of k6's thresholds;
 * `undefined` for what is written otherwise.
 */
export function readExpression(text: string): Expression | undefined {
  const parts = GRAMMAR.exec(text.replaceAll(/\s+/g, ' '))?.groups
  if (!parts) return undefined
  return {
    expression: text.trim(),
    name: parts['name']!,
    scope: parts['scope']?.trim(),
    statistic: parts['statistic'],
    operator: parts['operator'] as Bound['operator'],
    bound: Number(parts['bound']),
  }
}
