import { BOUNDS, decodeContent, type Exchange, headerValue, memoryOf } from '../../wire/thread.ts'
import type { PassInfo, Seen } from './exchange-draft.ts'

export interface QueueOptions {
  readonly onExchange: (exchange: Exchange, info: TapInfo) => unknown
  /** Called with what `onExchange` threw. */
  readonly onError: (error: unknown) => void
}

export interface TapInfo extends PassInfo {
  /** How many exchanges just before it were dropped, since too much waited to be taken. */
  readonly missed: number
}

/** Of exchanges that wait to be taken. */
const MAX_WAITING_BYTES = 8 * BOUNDS.answer.bytes
/** The next request often follows at once, and must not stand behind what is handed over. */
const LULL_MS = 20

/**
 * Hands exchanges over, one after the other, in the order in which they ended: the next when the last
 * was taken. What would be too much to keep meanwhile is dropped, and counted.
 */
export class ExchangeQueue {
  readonly #options: QueueOptions
  readonly #waiting: { readonly seen: Seen; readonly bytes: number; readonly missed: number }[] = []
  #bytes = 0
  #missed = 0
  #handing: Promise<void> | undefined

  constructor(options: QueueOptions) {
    this.#options = options
  }

  add(seen: Seen): void {
    const bytes = memoryOf(seen.exchange)
    if (this.#bytes + bytes > MAX_WAITING_BYTES) {
      this.#missed += 1
      return
    }
    this.#bytes += bytes
    this.#waiting.push({ seen, bytes, missed: this.#missed })
    this.#missed = 0
    this.#handing ??= this.#handAll()
  }

  /** Resolves when all have been taken. */
  async settled(): Promise<void> {
    await this.#handing
  }

  async #handAll(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, LULL_MS))
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      const { seen, bytes, missed } = next
      try {
        const { exchange, isCut } = await decode(seen)
        await this.#options.onExchange(isCut ? withoutItsEnd(exchange) : exchange, {
          ...seen.info,
          isCut,
          missed,
        })
      } catch (error) {
        this.#options.onError(error)
      }
      this.#bytes -= bytes
      await new Promise(setImmediate)
    }
    this.#handing = undefined
  }
}

/** An answer that came whole, and of which not all was kept, as a recorder tells of it. */
function withoutItsEnd(exchange: Exchange): Exchange {
  const { how, atMs } = exchange.end
  return how === 'complete' ? { ...exchange, end: { how: 'too-large', atMs } } : exchange
}

/** Undoes the content coding; what that makes too long is cut, as what came too long is. */
async function decode({ exchange, info }: Seen): Promise<{ exchange: Exchange; isCut: boolean }> {
  const coding = headerValue(exchange.response?.headers ?? [], 'content-encoding')
  const decoding =
    coding === undefined
      ? undefined
      : await decodeContent(coding, exchange.arrivals, BOUNDS.answer.bytes)
  if (!decoding || decoding.how === 'impossible') {
    return { exchange: { ...exchange, decoded: null }, isCut: info.isCut }
  }
  return {
    exchange: { ...exchange, decoded: decoding.arrivals },
    isCut: info.isCut || decoding.how === 'too-large',
  }
}
