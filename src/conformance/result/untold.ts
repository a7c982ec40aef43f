import type { LintReport, Untold } from './lint-report-schema.ts'

/** The same report with its files counted, and no longer listed. */
export function countFiles({ files, untold, ...report }: LintReport): LintReport {
  const counted = files.map(({ verdict, checks }): Untold => {
    const failed = checks.filter(({ status }) => status === 'fail')
    return {
      ...NONE,
      files: 1,
      ...(verdict !== 'over-budget' && { [verdict]: 1 }),
      failed: failed.map(({ id }) => ({ check: id, files: 1 })),
    }
  })
  return { ...report, files: [], untold: addUntold([...(untold ? [untold] : []), ...counted]) }
}

/** What several reports do not list, as of one. */
export function addUntold(untold: readonly Untold[]): Untold {
  const total = { ...NONE }
  const failed = new Map<string, number>()
  for (const each of untold) {
    for (const key of COUNTS) total[key] += each[key]
    for (const { check, files } of each.failed) failed.set(check, (failed.get(check) ?? 0) + files)
  }
  return { ...total, failed: [...failed].map(([check, files]) => ({ check, files })) }
}

const COUNTS = ['files', 'pass', 'fail', 'inconclusive'] as const
const NONE = { files: 0, pass: 0, fail: 0, inconclusive: 0 }
