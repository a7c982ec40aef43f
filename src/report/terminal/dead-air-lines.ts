import type { BenchReport } from '../../bench/index.ts'
import { plural } from '../text/plural.ts'
import { totalMs, type VoiceSpan, voiceSpans } from '../measurements/voice-spans.ts'
import { showQuantity } from '../text/show-quantity.ts'
import { labelled } from './labelled.ts'
import { colorsOf, type TerminalStyle } from './style.ts'

const MARKS = { wait: '·', voice: '█', silence: '░' } as const
/** Where the text of a label begins. */
const COLUMN = 12
const MIN_CELLS = 20

/** The answer with the most dead air, as a line in which time runs, and what that shows. */
export function deadAirLines(
  example: BenchReport['deadAirExample'],
  style: TerminalStyle,
): string[] {
  const spans = example ? voiceSpans(example) : []
  if (!example || spans.length === 0) return []
  const marks = barOf(spans, Math.max(MIN_CELLS, style.width - COLUMN))
  const bar = marks.replaceAll(/░+/g, (silence) => colorsOf(style).red(silence))
  // A mark stays beside what it stands for.
  const told = (kind: VoiceSpan['kind'], what: string) =>
    `${MARKS[kind]}\u00A0${showQuantity(totalMs(spans, kind), 'ms')} ${what}`
  const legend = [
    told('wait', 'to its first sound'),
    told('voice', 'of voice'),
    told('silence', `of dead air in ${plural(example.silences.length, 'silence')}`),
  ].join(', ')
  return [labelled('voice', `${bar}\nthe answer with the most dead air: ${legend}`, 2, style)]
}

function barOf(spans: readonly VoiceSpan[], cells: number): string {
  const last = spans.at(-1)!
  const cellMs = (last.atMs + last.durationMs) / cells
  const silences = spans.filter(({ kind }) => kind === 'silence')
  const markAt = (cell: number) => {
    const [fromMs, toMs] = [cell * cellMs, (cell + 1) * cellMs]
    // However short, a silence is what the line is about.
    const isSilent = silences.some(
      ({ atMs, durationMs }) => atMs < toMs && atMs + durationMs > fromMs,
    )
    const { kind } = spans.findLast(({ atMs }) => atMs <= (fromMs + toMs) / 2) ?? last
    return MARKS[isSilent ? 'silence' : kind]
  }
  return Array.from({ length: cells }, (_, cell) => markAt(cell)).join('')
}
