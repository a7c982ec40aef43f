import type { Outcome, TurnObserver, TurnOpening, TurnRecord } from './turn-record.ts'

/** Tells observers of a turn that has begun; gives what tells them of its end. */
export function tellBegun(
  observers: readonly TurnObserver[],
  opening: TurnOpening,
): (recordOf: () => TurnRecord) => void {
  const ended = observers.flatMap((observer) => attempt(() => observer.began(opening)) ?? [])
  return (recordOf) => {
    if (ended.length === 0) return
    const record = recordOf()
    for (const end of ended) attempt(() => end(record))
  }
}

/** Tells observers of a turn that came to nothing before anybody was asked. */
export function tellRefused(
  observers: readonly TurnObserver[],
  opening: TurnOpening,
  status: number,
): void {
  const refused: Outcome = 'refused'
  tellBegun(
    observers,
    opening,
  )(() => ({
    ...opening,
    status,
    outcome: refused,
    attempts: [],
    upstream: null,
    firstContentMs: null,
    firstSentenceMs: null,
    longestGapMs: null,
    totalMs: 0,
    usage: null,
    finishReason: null,
    bufferWords: 0,
    cache: 'off',
    isShared: false,
    content: { asked: '', said: '' },
  }))
}

/** What watches breaks nothing. */
function attempt<T>(run: () => T): T | undefined {
  try {
    return run()
  } catch {
    return undefined
  }
}
