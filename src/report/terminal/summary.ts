import type { Summary, Verdict } from '../../conformance/index.ts'
import type { Colors } from './style.ts'

export function verdictWord(verdict: Verdict, colors: Colors): string {
  const word = colors.bold(verdict.toUpperCase())
  switch (verdict) {
    case 'pass':
      return colors.green(word)
    case 'fail':
      return colors.red(word)
    default:
      return colors.yellow(word)
  }
}

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

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
