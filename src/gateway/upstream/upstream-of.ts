import type { ModelChoice } from './model-choice.ts'
import { modelUpstream } from './model/model-upstream.ts'
import { reachHost } from './relay/reach-host.ts'
import { relayUpstream } from './relay/relay-upstream.ts'
import type { Send } from './relay/send.ts'
import type { Upstream } from './upstream.ts'

/**
 * What is asked, by whichever way it is chosen.
 *
 * @throws SoundcheckError for a URL, or a language model, that cannot be used.
 */
export function upstreamOf(choice: ModelChoice, send: Send): Upstream {
  if ('ask' in choice) return choice
  if ('languageModel' in choice) {
    const { languageModel, baseUrl } = choice
    return { ...modelUpstream(languageModel), reach: (signal) => reachHost(baseUrl, send, signal) }
  }
  return 'url' in choice ? relayUpstream(choice, send) : modelUpstream(choice)
}
