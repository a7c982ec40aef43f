import type { CheckResult, LintReport } from '../../conformance/index.ts'
import { worstFirst } from './worst-first.ts'

/** What failed in several files, told once a check: the exchange of a finding is then its file. */
export function mergeFiles(files: LintReport['files']): CheckResult[] {
  const results = files.flatMap(({ file, checks }) =>
    checks.map((result) => ({
      ...result,
      findings: result.findings.map((finding) => ({ ...finding, exchange: file })),
    })),
  )
  return [...Map.groupBy(results, ({ id }) => id).values()].flatMap((each) => {
    const [worst] = worstFirst(each)
    return worst ? [{ ...worst, findings: each.flatMap(({ findings }) => findings) }] : []
  })
}
