import type { CheckResult } from '../../conformance/index.ts'

/** Why checks ended in a status: each reason once, and the checks that give it. */
export function reasonsFor(
  status: 'inconclusive' | 'skip',
  checks: readonly CheckResult[],
): readonly { readonly reason: string; readonly ids: readonly string[] }[] {
  const concerned = checks.filter((result) => result.status === status)
  return [...Map.groupBy(concerned, ({ reason }) => reason ?? '')].map(([reason, each]) => ({
    reason,
    ids: each.map(({ id }) => id),
  }))
}
