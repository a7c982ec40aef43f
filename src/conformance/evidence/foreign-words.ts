import { mentions } from '../check/nonces.ts'
import type { Evidence } from './evidence.ts'

/** A word in a reply that only another request can have brought. */
export interface ForeignWord {
  readonly evidence: Evidence
  readonly word: string
  /** The other request. */
  readonly from: Evidence
  /** Whether both were under way at the same time. */
  readonly overlapped: boolean
}

/** Finds words in replies that their own requests do not hold, but requests before them did. */
export function foreignWords(all: readonly Evidence[]): ForeignWord[] {
  return all.flatMap((evidence) => {
    return [...evidence.nonces].flatMap((word): ForeignWord[] => {
      if (asks(evidence, word)) return []
      const sources = all.filter((each) => asks(each, word) && startOf(each) <= endOf(evidence))
      const from = sources.find((each) => overlap(each, evidence)) ?? sources[0]
      return from ? [{ evidence, word, from, overlapped: overlap(from, evidence) }] : []
    })
  })
}

/** The clock of the day counts milliseconds. */
const RESOLUTION_MS = 1

/** Whether two exchanges were under way at the same time. */
export function overlap(a: Evidence, b: Evidence): boolean {
  return a !== b && startOf(a) + RESOLUTION_MS < endOf(b) && startOf(b) + RESOLUTION_MS < endOf(a)
}

/** Whether two exchanges may have been: theirs is the clock of the day, which does not tell for sure. */
export function mayOverlap(a: Evidence, b: Evidence): boolean {
  return a !== b && startOf(a) <= endOf(b) + RESOLUTION_MS && startOf(b) <= endOf(a) + RESOLUTION_MS
}

function asks({ exchange }: Evidence, word: string): boolean {
  return mentions(exchange?.request.body ?? '', word)
}

function startOf({ exchange }: Evidence): number {
  return exchange ? Date.parse(exchange.startedAt) : 0
}

function endOf(evidence: Evidence): number {
  return startOf(evidence) + (evidence.exchange?.end.atMs ?? 0)
}
