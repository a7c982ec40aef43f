import type { Check } from '../check/define-check.ts'
import type { Judgement, Observed } from './judge.ts'

/** What a check says of everything it judged. */
export type Conclusion = { readonly check: Check } & (
  | { readonly status: 'fail'; readonly observations: readonly Observed[] }
  /** `reason` says what could not be judged, if anything. */
  | { readonly status: 'pass'; readonly reason: string | undefined }
  | { readonly status: 'skip' | 'inconclusive' | 'unjudged'; readonly reason: string }
  | { readonly status: 'broken'; readonly error: unknown }
)

type Shortfall = Extract<Judgement, { reason: string }>

/**
 * Sums up the judgements of a check: a failure counts most, then a bug of ours, then a pass.
 * `reasonToSkip` says why there is none.
 */
export function conclude(
  check: Check,
  judgements: readonly Judgement[],
  reasonToSkip = 'there is no exchange to judge',
): Conclusion {
  const observations: Observed[] = []
  let looked = false
  let broken: Extract<Judgement, { status: 'broken' }> | undefined
  let gap: Shortfall | undefined
  const notes = new Set<string>()
  for (const judgement of judgements) {
    if (judgement.status === 'observed') {
      looked = true
      observations.push(...judgement.observations)
      if (judgement.note) notes.add(judgement.note)
    } else if (judgement.status === 'broken') {
      broken ??= judgement
    } else if (!gap || RANK[judgement.status] > RANK[gap.status]) {
      gap = judgement
    }
  }
  if (observations.length > 0) return { check, status: 'fail', observations }
  if (broken) return { check, status: 'broken', error: broken.error }
  if (looked) return { check, status: 'pass', reason: passReason(gap, notes) }
  return gap
    ? { check, status: gap.status, reason: gap.reason }
    : { check, status: 'skip', reason: reasonToSkip }
}

const RANK = { skip: 0, inconclusive: 1, unjudged: 2 }

function passReason(gap: Shortfall | undefined, notes: ReadonlySet<string>): string | undefined {
  if (notes.size > 0) return [...notes].join('; ')
  if (!gap || gap.status === 'skip') return undefined
  const where = gap.on.map(({ id }) => id).join(', ')
  return where === '' ? `partly: ${gap.reason}` : `not judged on ${where}: ${gap.reason}`
}
