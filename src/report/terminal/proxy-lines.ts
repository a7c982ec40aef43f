import { escapeText } from '../../wire/index.ts'
import { proxyText } from '../text/proxy-text.ts'
import { colorsOf, type TerminalStyle } from './style.ts'
import { wrapped } from './wrapped.ts'

/** Through what an endpoint was reached, below its URL. */
export function proxyLines(
  target: Parameters<typeof proxyText>[0],
  style: TerminalStyle,
): string[] {
  const text = proxyText(target)
  return text === '' ? [] : wrapped(colorsOf(style).dim(escapeText(text)), 2, style)
}
