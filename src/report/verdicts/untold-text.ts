import { plural } from '../text/plural.ts'
import type { Report } from './suites.ts'

/** Of checks, by name. */
const MAX_CHECKS = 10

/** What a report counts and does not list, in a sentence without its stop; `undefined` where it lists all. */
export function untoldText(report: Report): string | undefined {
  const untold = 'files' in report ? report.untold : undefined
  if (untold === undefined) return undefined
  const { files, pass, fail, inconclusive, failed } = untold
  const verdicts = Object.entries({ pass, fail, inconclusive })
    .filter(([, count]) => count > 0)
    .map(([verdict, count]) => `${count} ${verdict}`)
  const checks = failed
    .toSorted((a, b) => b.files - a.files)
    .map(({ check, files: count }) => `${check} in ${count}`)
  const left = checks.length - MAX_CHECKS
  const told = [...checks.slice(0, MAX_CHECKS), ...(left > 0 ? [`${left} more checks`] : [])]
  const where = told.length > 0 ? `; failed: ${told.join(', ')}` : ''
  return `${plural(files, 'further file')} counted and not listed, like those that are: ${verdicts.join(', ')}${where}`
}
