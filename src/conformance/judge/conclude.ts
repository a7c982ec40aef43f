import type { Check } from '../check/define-check.ts'
import type { Judgement, Observed } from './judgement.ts'

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
  const [first] = judgements
  if (!first) return { check, status: 'skip', reason: reasonToSkip }
  if (judgements.length === 1) return concludeOne(check, first)
  const observations: Observed[] = []
  let looked = false
  let broken: Extract<Judgement, { status: 'broken' }> | undefined
  const gaps: Shortfall[] = []
  const notes = new Set<string>()
  for (const judgement of judgements) {
    if (judgement.status === 'observed') {
      looked = true
      observations.push(...judgement.observations)
      if (judgement.note) notes.add(judgement.note)
    } else if (judgement.status === 'broken') {
      broken ??= judgement
    } else {
      gaps.push(judgement)
    }
  }
  if (observations.length > 0) return { check, status: 'fail', observations }
  if (broken) return { check, status: 'broken', error: broken.error }
  if (looked) return { check, status: 'pass', reason: passReason(gaps, notes) }
  const { status, reason } = gapOf(gaps)
  return { check, status, reason }
}

/** Of most checks there is one judgement. */
function concludeOne(check: Check, judgement: Judgement): Conclusion {
  if (judgement.status === 'broken') return { check, status: 'broken', error: judgement.error }
  if (judgement.status !== 'observed') {
    return { check, status: judgement.status, reason: judgement.reason }
  }
  const { observations, note } = judgement
  if (observations.length > 0) return { check, status: 'fail', observations }
  return { check, status: 'pass', reason: note || undefined }
}

/**
 * What holds of most: where there was nothing to look at in nearly all replies, one that was refused
 * leaves no doubt. What was not judged at all does. What was not sent tells nothing of what was.
 */
function gapOf(all: readonly Shortfall[]): Shortfall {
  const sent = all.filter(({ status, on }) => status !== 'skip' || on.length > 0)
  const gaps = sent.length > 0 ? sent : all
  const having = (status: Shortfall['status']) => gaps.filter((each) => each.status === status)
  const [skip, inconclusive] = [having('skip'), having('inconclusive')]
  const [most, fewer] =
    skip.length > inconclusive.length ? [skip, inconclusive] : [inconclusive, skip]
  return having('unjudged')[0] ?? most[0] ?? fewer[0]!
}

function passReason(gaps: readonly Shortfall[], notes: ReadonlySet<string>): string | undefined {
  if (notes.size > 0) return [...notes].join('; ')
  const gap =
    gaps.find(({ status }) => status === 'unjudged') ??
    gaps.find(({ status }) => status === 'inconclusive')
  if (!gap) return undefined
  const where = gap.on.map(({ id }) => id).join(', ')
  return where === '' ? `partly: ${gap.reason}` : `not judged on ${where}: ${gap.reason}`
}
