import stringWidth from 'string-width'
import wrapAnsi from 'wrap-ansi'
import type { TerminalStyle } from './style.ts'

const MIN_WIDTH = 20

/**
 * The lines of a paragraph, each behind an indent in columns. A word that is wider than a line is
 * broken, but never within a character as readers see it. The text may have colours, but no other
 * escape sequences.
 */
export function wrapped(text: string, indent: number, { width }: TerminalStyle): string[] {
  return wrap(text, Math.max(MIN_WIDTH, width - indent))
    .split('\n')
    .map((line) => ' '.repeat(indent) + line)
}

/** wrap-ansi composes characters, which makes others of them: it is given stand-ins as wide as they are. */
function wrap(text: string, width: number): string {
  if (NEEDS_NONE.test(text)) return wrapAnsi(text, width, { hard: true })
  const characters: string[] = []
  const standIns = text.replaceAll(COLOR_OR_WORD, (piece) => {
    if (piece.startsWith('\x1b')) return piece
    if (ASCII.test(piece)) {
      // What looks like a stand-in stands for itself.
      characters.push(...(piece.match(STAND_IN) ?? []))
      return piece
    }
    return Array.from(segmenter.segment(piece), ({ segment }) => {
      const columns = stringWidth(segment)
      // Some of Indian scripts take more than two.
      const standIn = columns === 2 ? WIDE : NARROW.repeat(Math.max(1, columns))
      characters.push(segment, ...Array.from({ length: standIn.length - 1 }, () => ''))
      return standIn
    }).join('')
  })
  let next = 0
  return wrapAnsi(standIns, width, { hard: true }).replaceAll(STAND_IN, () => characters[next++]!)
}

// oxlint-disable-next-line no-control-regex
const NEEDS_NONE = /^[\x1b\n -~]*$/
const ASCII = /^[!-~]*$/
const segmenter = new Intl.Segmenter()
// oxlint-disable-next-line no-control-regex
const COLOR_OR_WORD = /\x1b\[\d+m|[^\x1b \n]+/g
/** Neither is part of a colour. */
const [NARROW, WIDE] = ['x', '一']
const STAND_IN = /[x一]/g
