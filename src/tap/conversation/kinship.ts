import type { AskedNow } from './asked.ts'
import type { Remembered } from './remembered.ts'
import { areSame, type Happening, hasGrown } from './name-turns.ts'
import { howSpoken, lettersOf } from './how-spoken.ts'

/** After so long, the same first words are those of another caller. */
const SOON_MS = 60_000

/**
 * How near an unnamed request is to the latest of a conversation, by what both say was said before;
 * 0 where nothing tells that they belong together.
 */
export function kinship(
  { asked, beginsWith, answerAfter }: AskedNow,
  turn: Happening,
  latest: readonly Remembered[],
): number {
  const last = latest.at(-1)
  if (!last || last.asked.asker !== asked.asker) return 0
  if (asked.follows !== undefined) return isFollowed(asked.follows, latest) ? Infinity : 0
  // One that took long may end after those that began after it.
  const open = latest.filter((each) => each === last || each.endedMs >= turn.startedMs)
  return Math.max(...open.map((each) => nearness(each)))

  function nearness(older: Remembered): number {
    const { whole, before } = older.asked
    if (asked.whole.messages > whole.messages && beginsWith(whole)) {
      const said = answerAfter(whole)
      const isItsAnswer =
        said !== undefined &&
        (lettersOf(said) === lettersOf(older.text) || howSpoken(older.text, said) === 'part')
      // What agents greet with, all callers hear.
      const isKnown = older.asked.isUnderWay || older.asked.said !== undefined
      return isKnown || isItsAnswer ? 2 * whole.messages + 1 + (isItsAnswer ? 0.5 : 0) : 0
    }
    const isSameMoment = areSame(before, asked.before)
      ? older.asked.isUnderWay || isAnotherTry(older, turn)
      : older.asked.isUnderWay && asked.before.messages > before.messages && beginsWith(before)
    return isSameMoment ? 2 * before.messages + 1 : 0
  }
}

/** Whether one of them gave the answer of that id, or goes on from it, too. */
function isFollowed(id: string, latest: readonly Remembered[]): boolean {
  return latest.some(({ answer, asked }) => answer === id || asked.follows === id)
}

/** Whether what was asked first in a conversation is asked again, and not by the next caller. */
function isAnotherTry(older: Happening, turn: Happening): boolean {
  if (Math.abs(turn.startedMs - older.endedMs) > SOON_MS) return false
  if (older.asked.body !== turn.asked.body) {
    return hasGrown(older.asked, turn.asked) || hasGrown(turn.asked, older.asked)
  }
  const isUsed = !older.isAborted && older.status !== null && older.status < 400
  return !isUsed || (older.endedMs > turn.startedMs && turn.endedMs > older.startedMs)
}
