import type { TokenUse, TurnRecord } from './turn-record.ts'

/** The tokens that a turn cost: an answer from the cache, or that of a twin, was paid for by another turn. */
export function tokensSpent({ usage, cache, isShared }: TurnRecord): TokenUse | null {
  return cache === 'hit' || isShared ? null : usage
}
