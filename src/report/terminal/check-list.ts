import type { Check } from '../../conformance/index.ts'
import { colorsOf, type TerminalStyle } from './style.ts'

/** All checks, a line each. */
export function checkListText(checks: readonly Check[], style: TerminalStyle): string {
  const colors = colorsOf(style)
  const longest = Math.max(...checks.map(({ id }) => id.length))
  return checks
    .map(
      ({ id, severity, title }) =>
        `${id.padEnd(longest)}  ${colors.dim(severity.padEnd(7))}  ${title}`,
    )
    .join('\n')
    .concat('\n')
}
