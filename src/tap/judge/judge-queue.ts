import { type Exchange, sizeOf } from '../../wire/index.ts'

export interface JudgeQueueOptions<Found> {
  /** Judges one exchange; it may take its time. */
  readonly judge: (exchange: Exchange) => Promise<Found>
  readonly onJudged: (exchange: Exchange, found: Found) => void
  /** Told that so many wait, when they begin to be many, and when none waits any more. */
  readonly onBehind?: (waiting: number) => void
  /** Of the bytes of answers that wait; what comes beyond stays unjudged. */
  readonly mostBytes?: number
}

/** From so many on, it is behind. */
const MANY = 20
const MOST_BYTES = 64 * 1024 * 1024

/**
 * Judges exchanges one after the other, behind whoever has them pass: that waits for nothing. What
 * waits is bounded.
 */
export class JudgeQueue<Found> {
  /** How many were not judged, since too much waited. */
  unjudged = 0
  readonly #options: JudgeQueueOptions<Found>
  readonly #waiting: Exchange[] = []
  #bytes = 0
  #isBehind = false
  #working: Promise<void> | undefined

  constructor(options: JudgeQueueOptions<Found>) {
    this.#options = options
  }

  add(exchange: Exchange): void {
    const { mostBytes = MOST_BYTES } = this.#options
    const bytes = bytesOf(exchange)
    if (this.#bytes + bytes > mostBytes) {
      this.unjudged += 1
      return
    }
    this.#bytes += bytes
    this.#waiting.push(exchange)
    if (this.#waiting.length === MANY) this.#tell(true)
    this.#working ??= this.#work()
  }

  /** Resolves when all that came until now is judged. */
  async idle(): Promise<void> {
    await this.#working
  }

  async #work(): Promise<void> {
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      this.#options.onJudged(next, await this.#options.judge(next))
      this.#bytes -= bytesOf(next)
    }
    this.#working = undefined
    if (this.#isBehind) this.#tell(false)
  }

  #tell(isBehind: boolean): void {
    this.#isBehind = isBehind
    this.#options.onBehind?.(this.#waiting.length)
  }
}

function bytesOf({ arrivals, decoded, request }: Exchange): number {
  return sizeOf(arrivals) + sizeOf(decoded ?? []) + (request.body?.length ?? 0)
}
