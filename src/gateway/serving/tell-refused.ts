import type { TurnObserver, TurnRecord } from '../account/turn-record.ts'

interface Refused {
  readonly id: string
  readonly key: string | null
  readonly status: number
  /** How long it took. */
  readonly ms: number
}

/** Tells observers of a request that was refused before a turn was read from it. */
export function tellRefused(
  observers: readonly TurnObserver[],
  { id, key, status, ms }: Refused,
): void {
  const record: TurnRecord = {
    id,
    key,
    status,
    startedAt: new Date(Date.now() - ms).toISOString(),
    model: null,
    conversation: null,
    isStreamed: false,
    outcome: 'refused',
    attempts: [],
    upstream: null,
    firstContentMs: null,
    firstSentenceMs: null,
    longestGapMs: null,
    totalMs: ms,
    usage: null,
    finishReason: null,
    bufferWords: 0,
    cache: 'off',
    isShared: false,
    content: { asked: '', said: '' },
  }
  for (const { began } of observers) {
    try {
      began(record)(record)
    } catch {
      // Its own fault, which changes nothing.
    }
  }
}
