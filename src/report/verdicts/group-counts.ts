import type { CheckResult } from '../../conformance/index.ts'

type Counts = Readonly<Record<CheckResult['status'], number>>

/** How many checks of each group ended how. */
export function groupCounts(
  checks: readonly CheckResult[],
): readonly (Counts & { readonly group: string })[] {
  const groups = Map.groupBy(checks, ({ id }) => id.slice(0, id.indexOf('/')))
  return [...groups].map(([group, results]) => {
    const count = (status: CheckResult['status']) =>
      results.filter((result) => result.status === status).length
    return {
      group,
      pass: count('pass'),
      fail: count('fail'),
      inconclusive: count('inconclusive'),
      skip: count('skip'),
    }
  })
}
