import { type Gap, inconclusive } from '../check/gap.ts'
import type { Evidence } from '../evidence/evidence.ts'

/**
 * Why nothing is worth sending after the first probe; `undefined` when something is, be it the same
 * without a feature that was refused.
 */
export function whyNotToGoOn(opening: readonly Evidence[]): Gap | undefined {
  const gaps = opening.map(gapOf)
  return gaps.includes(undefined) ? undefined : gaps[0]
}

function gapOf({ exchange, excess, isPage }: Evidence): Gap | undefined {
  if (!exchange) return undefined
  const { end, response } = exchange
  if (!response) return inconclusive('not sent: the first request got no answer')
  if (end.how === 'timeout' || excess) {
    return inconclusive('not sent: the first answer did not end')
  }
  if (isPage) return inconclusive('not sent: a web page answered the first request')
  return undefined
}
