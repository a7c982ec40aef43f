/**
 * Takes one message after the other, in order, and lets signals and timers have their turn between
 * two: a port hands over all it has at once, and what comes of a message can take longer than the
 * next needs to come in.
 */
export class Inbox<T> {
  readonly #waiting: T[] = []
  readonly #take: (message: T) => void
  #isTaking = false

  constructor(take: (message: T) => void) {
    this.#take = take
  }

  put(message: T): void {
    this.#waiting.push(message)
    if (this.#isTaking) return
    this.#isTaking = true
    setImmediate(this.#next)
  }

  readonly #next = () => {
    const message = this.#waiting.shift()
    this.#isTaking = this.#waiting.length > 0
    if (this.#isTaking) setImmediate(this.#next)
    if (message !== undefined) this.#take(message)
  }
}
