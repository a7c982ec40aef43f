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
    limits: { ...LIMITS, ...given(limits) },
    fallback: { ...FALLBACK, ...given(fallback) },
    turns: { ...TURNS, ...given(turns) },
    sendsReasoning: reasoning === 'send',
  }
}

/** What is `undefined` is not given. */
function given<T extends object>(members: T | undefined): Partial<T> {
  const entries = Object.entries(members ?? {}).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as Partial<T>
}
