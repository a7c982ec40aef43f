import type { SpeechRule } from './speech-rules.ts'
import { unitSearch } from './unit-search.ts'

/** Some text of an answer, and when it arrived. */
export interface TextPiece {
  readonly text: string
  readonly atMs: number
}

/** What a voice can start to speak. */
export interface SpeakableUnit {
  readonly text: string
  /** When its first character arrived. */
  readonly startsAtMs: number
  /** When the piece arrived that proved where it ends; never dated back to the mark itself. */
  readonly confirmedAtMs: number
}

const SOUND = /[\p{L}\p{N}]/u

/**
 * Cuts an answer into the units that a voice is given, each with the time at which it could be.
 *
 * The end of the answer confirms what is left: `endMs` is when it was known, such as the arrival of
 * the finish reason. Without it, as in an answer that broke off, the rest is never spoken. Text
 * without a letter or a digit makes no sound, and no unit. Where pieces are split never changes the
 * units of a sentence or clause rule, only their times. It takes time linear in the length of the
 * answer, whatever that says and however it is split.
 */
export function speakableUnits(
  pieces: readonly TextPiece[],
  rule: SpeechRule,
  endMs?: number,
): SpeakableUnit[] {
  const units: SpeakableUnit[] = []
  let open = ''
  let startsAtMs: number | undefined
  let read = unitSearch(rule)
  const cut = (end: number, confirmedAtMs: number) => {
    const text = open.slice(0, end).trim()
    if (SOUND.test(text)) units.push({ text, startsAtMs: startsAtMs!, confirmedAtMs })
    open = open.slice(end).trimStart()
    startsAtMs = open === '' ? undefined : confirmedAtMs
    read = unitSearch(rule)
  }
  for (const { text, atMs } of pieces) {
    const piece = open === '' ? text.trimStart() : text
    if (piece === '') continue
    open += piece
    startsAtMs ??= atMs
    for (let after = read(piece); after !== undefined; after = read(open)) {
      cut(open.length - after, atMs)
    }
  }
  if (endMs !== undefined) cut(open.length, endMs)
  return units
}
