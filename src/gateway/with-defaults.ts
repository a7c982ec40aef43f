import { turnsAreTogether } from './runtime.ts'
import type { FallbackOptions, Limits, TurnsOptions, VoiceOptions } from './gateway-options.ts'

const LIMITS: Limits = {
  connectMs: 2_000,
  firstContentMs: 3_000,
  silenceMs: 8_000,
  totalMs: 60_000,
}
const FALLBACK: FallbackOptions = { retries: 1, failures: 3, coolOffMs: 10_000 }
const TURNS: TurnsOptions = {
  cancelOlder: turnsAreTogether,
  joinSame: turnsAreTogether,
  byHistory: false,
  header: 'x-conversation-id',
}

/** The options, with those that are not given. */
export function withDefaults({ limits, fallback, turns, reasoning = 'drop' }: VoiceOptions) {
  return {
    limits: { ...LIMITS, ...limits },
    fallback: { ...FALLBACK, ...fallback },
    turns: { ...TURNS, ...turns },
    sendsReasoning: reasoning === 'send',
  }
}
