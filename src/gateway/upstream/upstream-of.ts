import type { ModelChoice } from './model-choice.ts'
import { relayUpstream } from './relay/relay-upstream.ts'
import type { Send } from './relay/send.ts'
import type { Upstream } from './upstream.ts'

/** What is asked, by whichever way it is chosen. */
export function upstreamOf(choice: ModelChoice, send: Send): Upstream {
  if ('ask' in choice) return choice
  if ('url' in choice) return relayUpstream(choice, send)
  throw new Error('not yet')
}
