import stringWidth from 'string-width'
import type { BenchReport } from '../../bench/index.ts'
import { escapeText } from '../../wire/index.ts'
import { showActual } from '../measurements/show-actual.ts'
import { colorsOf, type TerminalStyle } from './style.ts'
import { wrapped } from './wrapped.ts'

/** So many are read below each other; more stand in two columns, where there is room. */
const FEW = 4

/** What became of each budget; why it did is among the reasons of the verdict. */
export function budgetLines(
  { budgets }: Pick<BenchReport, 'budgets'>,
  style: TerminalStyle,
): string[] {
  const { green, red, yellow, dim } = colorsOf(style)
  const marks = { pass: green('ok'), fail: red('x '), inconclusive: yellow('? ') }
  // Beside one that is broken, the verdict does not say why others are unproven.
  const isBroken = budgets.some(({ verdict }) => verdict === 'fail')
  const texts = budgets.map((budget) => {
    const { expression, actual, verdict, needed = null } = budget
    const is = actual === null ? '' : dim(`  is ${showActual(budget)}`)
    const proof =
      isBroken && verdict === 'inconclusive' && needed !== null
        ? dim(`; to prove it takes about ${needed}`)
        : ''
    return `${marks[verdict]} ${escapeText(expression)}${is}${proof}`
  })
  const column = Math.floor(style.width / 2) - 2
  if (texts.length <= FEW || texts.some((text) => stringWidth(text) > column - 2)) {
    return texts.flatMap((text) => wrapped(text, 2, style))
  }
  const half = Math.ceil(texts.length / 2)
  return texts.slice(0, half).map((left, i) => {
    const gap = ' '.repeat(column - stringWidth(left))
    return `  ${left}${texts[half + i] === undefined ? '' : gap + texts[half + i]}`
  })
}
