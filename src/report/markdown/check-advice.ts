import type { CheckResult } from '../../conformance/index.ts'
import { prose } from './escape-markdown.ts'

/** What a check requires and by whose authority, what breaks, and how to fix it: a list. */
export function checkAdvice(advice: NonNullable<CheckResult['advice']>): string {
  const { requires, source, url, seenIn, effect, fix } = advice
  return [
    `- **Requires:** ${prose(requires)} ([${prose(source)}](${url}))`,
    ...(seenIn === null ? [] : [`- **Seen in:** <${seenIn}>`]),
    `- **Effect:** ${prose(effect)}`,
    `- **Fix:** ${prose(fix)}`,
  ].join('\n')
}
