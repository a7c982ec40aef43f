import { BOUNDS, type Exchange, Recent } from '../../wire/index.ts'
import { type AskedNow, readAsked } from './asked.ts'
import { beginningOf } from './beginning-of.ts'
import { hear, type Heard, type HearingOptions } from './hear.ts'
import { howSpoken } from './how-spoken.ts'
import { kinship } from './kinship.ts'
import { type Happening, type Named, nameTurns } from './name-turns.ts'
import type { Remembered } from './remembered.ts'

/** A request of a conversation, with what it is and what the caller heard. */
export interface ConversationTurn extends Named, Heard {
  /** The id of its exchange. */
  readonly exchange: string
  readonly conversation: string
  /** Whether the caller heard only a part of the answer. */
  readonly isInterrupted: boolean
  /** Whether the history says that other words were spoken in its place. */
  readonly isReplaced: boolean
}

interface Conversation {
  readonly id: string
  /** The latest ones, in the order in which they began. */
  readonly latest: readonly Remembered[]
  readonly told: ReadonlyMap<string, ConversationTurn>
}

/** Names of older ones do not change any more, and nothing is known of them but what was told. */
const REMEMBERED_TURNS = 8
/** As much is kept of an answer, to find its beginning in the next history. */
const LONGEST_TEXT = 2_000

/** Sorts exchanges into conversations as they end. */
export class Conversations {
  readonly #options: HearingOptions
  readonly #known = new Recent<string, Conversation>(BOUNDS.tap.conversations)
  #unnamed = 0

  constructor(options: HearingOptions = {}) {
    this.#options = options
  }

  /**
   * Takes in an exchange that has ended; gives what is new about the turns of its conversation: first
   * its own, then those that it shows in another light. None for an exchange that is no turn.
   */
  add(exchange: Exchange): readonly ConversationTurn[] {
    const now = readAsked(exchange.request)
    if (!now) return []
    const { text, id, ...heard } = hear(exchange, this.#options)
    const turn: Remembered = {
      ...happeningOf(exchange, now),
      exchange: exchange.id,
      heard,
      text: beginningOf(text, LONGEST_TEXT),
      answer: id,
      spoken: undefined,
    }
    const key = this.#keyOf(now, turn)
    const known = this.#known.get(key) ?? { id: key, latest: [], told: new Map() }
    const { conversation, news } = withTurn(known, now, turn)
    this.#known.set(key, conversation)
    return news
  }

  /** By what names it, else by the history that it goes on with. */
  #keyOf({ asked, ...now }: AskedNow, turn: Remembered): string {
    if (asked.conversation !== undefined) return asked.conversation
    const kin = [...this.#known.values()]
      .map(({ id, latest }) => ({ id, score: kinship({ asked, ...now }, turn, latest) }))
      .filter(({ score }) => score > 0)
      // Of several that are as near, the one that was heard of last.
      .toReversed()
      .toSorted((a, b) => b.score - a.score)[0]
    return kin?.id ?? `call-${++this.#unnamed}`
  }
}

function happeningOf({ startedAt, connectMs, response, end }: Exchange, now: AskedNow): Happening {
  const startedMs = Date.parse(startedAt)
  return {
    asked: now.asked,
    startedMs,
    endedMs: startedMs + (connectMs ?? 0) + end.atMs,
    isAborted: end.how === 'aborted',
    status: response?.status ?? null,
  }
}

function withTurn(
  { id, latest, told }: Conversation,
  { beginsWith, answerAfter }: AskedNow,
  turn: Remembered,
): { readonly conversation: Conversation; readonly news: readonly ConversationTurn[] } {
  const older = latest.map((each): Remembered => {
    const { whole } = each.asked
    const heardOf = beginsWith(whole) ? answerAfter(whole) : undefined
    return heardOf === undefined ? each : { ...each, spoken: howSpoken(each.text, heardOf) }
  })
  const all = [...older, turn].toSorted((a, b) => a.startedMs - b.startedMs)
  const named = nameTurns(all, told.get(all[0]!.exchange)?.number ?? firstNumber(told))
  const turns = all.map(({ exchange, heard, isAborted, spoken }, i): ConversationTurn => ({
    exchange,
    conversation: id,
    ...named[i]!,
    ...heard,
    isInterrupted: isAborted || spoken === 'part',
    isReplaced: spoken === 'other',
  }))
  const kept = all.slice(-REMEMBERED_TURNS)
  const news = turns.filter((each) => !isTold(told.get(each.exchange), each))
  return {
    conversation: {
      id,
      latest: kept,
      told: new Map(turns.slice(-REMEMBERED_TURNS).map((each) => [each.exchange, each])),
    },
    news: [
      ...news.filter(({ exchange }) => exchange === turn.exchange),
      ...news.filter(({ exchange }) => exchange !== turn.exchange),
    ],
  }
}

/** One that began before all that is remembered is counted with the first of them. */
function firstNumber(told: ReadonlyMap<string, ConversationTurn>): number {
  return told.values().next().value?.number ?? 1
}

function isTold(before: ConversationTurn | undefined, now: ConversationTurn): boolean {
  return (
    before !== undefined &&
    before.name === now.name &&
    before.number === now.number &&
    before.isInterrupted === now.isInterrupted &&
    before.isReplaced === now.isReplaced
  )
}
