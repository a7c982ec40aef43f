import type { Verdict } from './verdict-of.ts'

/** The verdict on several things, each of which has its own; without any, nothing is known. */
export function worstVerdict(verdicts: readonly Verdict[]): Verdict {
  const worstFirst: readonly Verdict[] = ['fail', 'inconclusive', 'pass']
  return worstFirst.find((verdict) => verdicts.includes(verdict)) ?? 'inconclusive'
}
