import type { Check } from '../../conformance/index.ts'
import { colorsOf, type TerminalStyle } from './style.ts'

/** All checks, a line each, however many dialects have a definition of their own. */
export function checkListText(definitions: readonly Check[], style: TerminalStyle): string {
  const checks = [...Map.groupBy(definitions, ({ id }) => id).values()].map(([first]) => first!)
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
