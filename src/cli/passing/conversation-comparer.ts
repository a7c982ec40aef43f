import { type CheckFinding, type Exchange, ExchangeComparer } from '../../conformance/index.ts'
import { memoryOf } from '../../wire/index.ts'

/** Of one conversation. */
const MOST_COMPARED = 8
/** Of all that are kept. */
const MOST_KEPT = 400
const MOST_BYTES = 32 * 1024 * 1024

type Policy = ConstructorParameters<typeof ExchangeComparer>[0]

interface Kept {
  readonly exchange: Exchange
  readonly conversation: string
  readonly bytes: number
}

/** Holds each exchange against the latest ones of its conversation. */
export class ConversationComparer {
  readonly #comparer: ExchangeComparer
  /** In the order in which they ended. */
  readonly #kept: Kept[] = []
  #bytes = 0

  constructor(policy: Policy) {
    this.#comparer = new ExchangeComparer(policy)
  }

  /** What shows in an exchange and those before it together; observations, and no failures. */
  compare(exchange: Exchange, conversation: string): readonly CheckFinding[] {
    this.#keep(exchange, conversation)
    const latest = this.#kept
      .filter((each) => each.conversation === conversation)
      .slice(-MOST_COMPARED)
      .map((each) => each.exchange)
    if (latest.length < 2) return []
    return this.#comparer.compare(latest.toSorted((a, b) => a.startedAt.localeCompare(b.startedAt)))
  }

  #keep(exchange: Exchange, conversation: string): void {
    const bytes = memoryOf(exchange)
    this.#kept.push({ exchange, conversation, bytes })
    this.#bytes += bytes
    while (this.#kept.length > MOST_KEPT || this.#bytes > MOST_BYTES) {
      this.#bytes -= this.#kept.shift()!.bytes
    }
  }
}
