import type { Summary } from '../../conformance/index.ts'
import { plural } from '../text/plural.ts'

/** How many checks ended how, in a line. */
export function summaryText({ errors, warnings, infos, ...counts }: Summary): string {
  const total = counts.pass + counts.fail + counts.skip + counts.inconclusive
  const failures = [
    ...(errors > 0 ? [plural(errors, 'error')] : []),
    ...(warnings > 0 ? [plural(warnings, 'warning')] : []),
    ...(infos > 0 ? [plural(infos, 'note')] : []),
  ]
  return [
    `${plural(total, 'check')}: ${counts.pass} passed`,
    ...(counts.fail > 0 ? [`${counts.fail} failed (${failures.join(', ')})`] : []),
    ...(counts.inconclusive > 0 ? [`${counts.inconclusive} inconclusive`] : []),
    ...(counts.skip > 0 ? [`${counts.skip} skipped`] : []),
  ].join(', ')
}
