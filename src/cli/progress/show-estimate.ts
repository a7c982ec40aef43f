import type { CostEstimate } from '../../conformance/index.ts'

const ROUGH = new Intl.NumberFormat('en', { maximumSignificantDigits: 2, roundingMode: 'ceil' })

/** Says on standard error, before the first request, what a run will cost. */
export function showEstimate({
  requests,
  promptTokens,
  replyTokens,
  unlimited,
}: CostEstimate): void {
  const noLimit = unlimited > 0 ? `; ${unlimited} of them have no limit` : ''
  process.stderr.write(
    [
      `Estimate: ${requests} requests of about ${ROUGH.format(promptTokens)} tokens, at 4 characters each,`,
      `and replies of at most ${ROUGH.format(replyTokens)}${noLimit}.`,
      'Replies may be asked for again: see --samples.\n',
    ].join(' '),
  )
}
