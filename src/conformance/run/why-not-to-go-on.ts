import { type Gap, inconclusive } from '../check/gap.ts'
import type { Evidence } from '../evidence/evidence.ts'

/** Why no further request is worth sending after the first; `undefined` when they are. */
export function whyNotToGoOn({ exchange, excess, isPage }: Evidence): Gap | undefined {
  if (!exchange) return undefined
  const { end, response } = exchange
  if (!response) return inconclusive('not sent: the first request got no answer')
  if (end.how === 'timeout' || excess) {
    return inconclusive('not sent: the first answer did not end')
  }
  if (isPage) return inconclusive('not sent: a web page answered the first request')
  return undefined
}
