import type { Check } from '../../conformance/index.ts'

/** The dialects in which checks judge answers, by their ids, as prose names them. */
export const DIALECT_NAMES: Readonly<Record<string, string>> = {
  chat: 'chat completions',
  responses: 'the Responses API',
}

/** A check as it judges answers in one dialect. */
export interface CheckInDialect {
  readonly dialect: string
  /** In the words of that dialect. */
  readonly check: Check
  /** The names of the faults that it must notice there. */
  readonly faults: readonly string[]
}

/** What the definitions of one check are in each dialect that they judge. */
export function inDialects(definitions: readonly Check[]): CheckInDialect[] {
  return Object.keys(DIALECT_NAMES).flatMap((dialect) =>
    definitions
      .filter((check) => (check.dialect ?? dialect) === dialect)
      .map((check) => ({
        dialect,
        check: { ...check, ...check.wordsIn?.[dialect] },
        faults: Object.keys({ ...check.mutants, ...check.mutantsIn?.[dialect] }),
      })),
  )
}

/** What is to be said of a check in another dialect, where it differs from what was said in the first. */
export function otherwise(
  { check: first, faults: before }: CheckInDialect,
  { check, faults }: CheckInDialect,
): Partial<Check> & { readonly faults?: readonly string[] } {
  const members = ['title', 'severity', 'requirement', 'effect', 'fix'] as const
  const changed = members.filter(
    (name) => JSON.stringify(check[name]) !== JSON.stringify(first[name]),
  )
  return {
    ...Object.fromEntries(changed.map((name) => [name, check[name]])),
    ...(faults.join() !== before.join() && { faults }),
  }
}
