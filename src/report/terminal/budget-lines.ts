import type { BenchReport } from '../../bench/index.ts'
import { escapeText } from '../../wire/index.ts'
import { showNumber } from './show-quantity.ts'
import { colorsOf, type TerminalStyle } from './style.ts'
import { wrapped } from './wrapped.ts'

/** What became of each budget; why one leaves doubt is among the reasons of the verdict. */
export function budgetLines({ budgets }: Pick<BenchReport, 'budgets'>, style: TerminalStyle) {
  const { green, red, yellow, dim } = colorsOf(style)
  const marks = { pass: green('ok'), fail: red('x '), inconclusive: yellow('? ') }
  return budgets.flatMap(({ expression, actual, verdict, reason }) => {
    const is = actual === null ? '' : `  is ${showNumber(actual)}`
    const why = verdict === 'fail' && reason !== null ? `  ${escapeText(reason)}` : ''
    const line = `${marks[verdict]} ${escapeText(expression)}${dim(is + why)}`
    return wrapped(line, 2, style)
  })
}
