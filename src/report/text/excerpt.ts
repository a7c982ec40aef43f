import stringWidth from 'string-width'
import type { Finding } from '../../conformance/index.ts'
import { escapeText } from '../../wire/index.ts'
import { locateInJson } from './locate-in-json.ts'

const ELLIPSIS = '…'
const graphemes = new Intl.Segmenter()

/**
 * The line of the stream that a finding is about, cut to the width, with a caret below the place
 * that it points at.
 */
export function excerptLines(finding: Finding, width: number): string[] {
  if (finding.excerpt === null) return []
  const lines = finding.excerpt.split(/\r\n|\r|\n/).filter((line) => line !== '')
  const line = lines.find((each) => each.startsWith('data:')) ?? lines[0]
  if (line === undefined) return []
  const at = finding.path === null ? undefined : placeOf(line, finding.path)
  if (at === undefined) return [cut(line, 0, width).text]
  const { text, caret } = cut(line, at, width)
  return [text, caretLine(caret, escapeText(finding.path || '(the whole)'), width)]
}

/** The path stands on whichever side of the caret has room for it. */
function caretLine(caret: number, path: string, width: number): string {
  const length = stringWidth(path) + 1
  if (caret + 1 + length < width) return `${' '.repeat(caret)}^ ${path}`
  return length > caret ? `${' '.repeat(caret)}^` : `${`${path} `.padStart(caret)}^`
}

function placeOf(line: string, pointer: string): number | undefined {
  const start = /^data: ?/.exec(line)?.[0].length ?? 0
  const offset = locateInJson(line.slice(start), pointer)
  return offset === undefined ? undefined : start + offset
}

/** Cuts a line so that `at` is in it, and tells the column where it then stands. */
function cut(line: string, at: number, width: number): { text: string; caret: number } {
  const from = at < width / 2 ? 0 : Math.floor(at - width / 3)
  const lead = from > 0 ? ELLIPSIS : ''
  // In one piece: what is unsafe may take more than one character.
  const shown = (end?: number) => escapeText(line.slice(from, end).replace(/^\p{Cs}/u, ''))
  const caret = stringWidth(lead + shown(at))
  let text = lead
  for (const { segment } of graphemes.segment(shown())) {
    const next = text + segment
    if (stringWidth(next) >= width) return { text: text + ELLIPSIS, caret }
    text = next
  }
  return { text, caret }
}
