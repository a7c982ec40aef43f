import { mentions } from '../evidence/nonces.ts'
import type { Evidence } from '../evidence/evidence.ts'
import { endOf, overlap, startOf } from '../evidence/overlap.ts'

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

function asks({ exchange }: Evidence, word: string): boolean {
  return mentions(exchange?.request.body ?? '', word)
}
