import type { Asked, Occasion, Reach } from './asked.ts'

/**
 * What a request of a conversation is.
 *
 * - `opening`: nobody has spoken yet; the agent is to begin.
 * - `turn`: the caller said something.
 * - `silence`: the caller said nothing.
 * - `tool-continuation`: a tool has found something; the turn goes on.
 * - `twin`: the same request while the first one is under way.
 * - `retry`: the same request after an error status.
 * - `re-send`: the same request after an answer that broke off, came too late, or was not used.
 * - `speculative`: sent ahead, and superseded by one in which the caller has said more.
 * - `cancelled`: the client left before the answer was over.
 */
export type TurnName = Occasion | 'twin' | 'retry' | 're-send' | 'speculative' | 'cancelled'

/** A request and what became of it, as far as that tells its name; times on one clock, in milliseconds. */
export interface Happening {
  readonly asked: Asked
  readonly startedMs: number
  readonly endedMs: number
  /** Whether the client left before the answer was over. */
  readonly isAborted: boolean
  /** `null` where there was no answer. */
  readonly status: number | null
}

export interface Named {
  readonly name: TurnName
  /** That of a request which stands for the same words of the caller is the same. */
  readonly number: number
}

/** Names and numbers the requests of a conversation, in the order in which they began. */
export function nameTurns(happenings: readonly Happening[], firstNumber: number): Named[] {
  const named: Named[] = []
  let number = firstNumber - 1
  for (const [i, happening] of happenings.entries()) {
    const before = happenings.slice(0, i)
    const same = before.findLastIndex(({ asked }) => asked.body === happening.asked.body)
    const ahead = before.findLastIndex((older) => isSuperseded(older, happening))
    const known = named[same] ?? named[ahead]
    const goesOn = i > 0 && happening.asked.occasion === 'tool-continuation'
    if (!known && !goesOn) number++
    named.push({
      name: same >= 0 ? repeated(happenings[same]!, happening) : nameOf(happening, happenings, i),
      number: known?.number ?? number,
    })
  }
  return named
}

function repeated(first: Happening, second: Happening): TurnName {
  if (first.endedMs > second.startedMs) return 'twin'
  return (first.status ?? 0) >= 400 ? 'retry' : 're-send'
}

function nameOf(happening: Happening, happenings: readonly Happening[], at: number): TurnName {
  if (happenings.slice(at + 1).some((later) => isSuperseded(happening, later))) return 'speculative'
  return happening.isAborted ? 'cancelled' : happening.asked.occasion
}

function isSuperseded({ asked: older }: Happening, { asked: newer }: Happening): boolean {
  return areSame(older.before, newer.before) && hasGrown(older, newer)
}

/** Whether two histories are the same. */
export function areSame(one: Reach, other: Reach): boolean {
  return one.messages === other.messages && one.print === other.print
}

/** Whether the caller has said more where something had been said already. */
export function hasGrown(older: Asked, newer: Asked): boolean {
  if (older.occasion !== 'turn' || newer.occasion !== 'turn') return false
  const [less, more] = [older, newer].map(({ said = '' }) => wordsIn(said))
  return less !== '' && less !== more && more!.startsWith(less!)
}

/** Who transcribes puts marks and capitals anew as words come in. */
function wordsIn(text: string): string {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(' ')
}
