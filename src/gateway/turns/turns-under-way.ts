import type { ChatRequest } from '../../protocol/index.ts'
import type { Answering } from '../answer/answering.ts'
import type { TurnsOptions } from '../gateway-options.ts'
import { areOneConversation } from './history-of.ts'

/** A request, as far as it says which others concern it. */
export interface Asked {
  /** Who asks: nothing is shared between those who bear different keys. */
  readonly asker: string
  readonly request: ChatRequest
  readonly conversation: string | undefined
  /** What it has in common with the same request of the same asker, and with no other: made once, since it is long. */
  readonly twinKey: string
}

/** The answers that are being made. */
export class TurnsUnderWay {
  readonly #options: TurnsOptions
  readonly #byTwinKey = new Map<string, Answering>()
  readonly #asked = new Map<Answering, Asked>()
  readonly #byConversation = new Map<string, Set<Answering>>()

  constructor(options: TurnsOptions) {
    this.#options = options
  }

  get size(): number {
    return this.#asked.size
  }

  all(): readonly Answering[] {
    return [...this.#asked.keys()]
  }

  /** The answer that is being made to the same request. */
  sameAs({ twinKey }: Asked): Answering | undefined {
    return this.#options.joinSame ? this.#byTwinKey.get(twinKey) : undefined
  }

  /** Notes an answer, and ends what is being said to an older request of its conversation. */
  add(answering: Answering, asked: Asked): void {
    if (this.#options.cancelOlder)
      for (const older of this.#olderThan(asked)) older.endWell('superseded')
    this.#byTwinKey.set(asked.twinKey, answering)
    this.#asked.set(answering, asked)
    const key = conversationKey(asked)
    if (key === undefined) return
    const known = this.#byConversation.get(key)
    if (known) known.add(answering)
    else this.#byConversation.set(key, new Set([answering]))
  }

  remove(answering: Answering): void {
    const asked = this.#asked.get(answering)
    if (!asked) return
    this.#asked.delete(answering)
    if (this.#byTwinKey.get(asked.twinKey) === answering) this.#byTwinKey.delete(asked.twinKey)
    const key = conversationKey(asked)
    const known = key === undefined ? undefined : this.#byConversation.get(key)
    known?.delete(answering)
    if (known?.size === 0) this.#byConversation.delete(key!)
  }

  #olderThan(asked: Asked): readonly Answering[] {
    const key = conversationKey(asked)
    if (key !== undefined) return [...(this.#byConversation.get(key) ?? [])]
    if (!this.#options.byHistory) return []
    return [...this.#asked]
      .filter(([, other]) => {
        const isUnnamed = other.conversation === undefined && other.asker === asked.asker
        return isUnnamed && areOneConversation(asked.request, other.request)
      })
      .map(([answering]) => answering)
  }
}

function conversationKey({ asker, conversation }: Asked): string | undefined {
  return conversation === undefined ? undefined : `${asker}\n${conversation}`
}
