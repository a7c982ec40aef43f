/** What the cores of a machine did until a moment, added up, in milliseconds. */
export interface CoreTimes {
  readonly busyMs: number
  readonly idleMs: number
}

/** What is left of a core that is taken whenever it is free. */
const IDLE_SHARE = 0.05

/** Adds up in how much of a time no core of a machine was idle, from one look to the next. */
export class CoreMeter {
  #last: CoreTimes
  #fullMs = 0
  #allMs = 0

  constructor(first: CoreTimes) {
    this.#last = first
  }

  look(now: CoreTimes): void {
    const idleMs = now.idleMs - this.#last.idleMs
    const allMs = idleMs + now.busyMs - this.#last.busyMs
    this.#last = now
    this.#allMs += allMs
    if (idleMs < allMs * IDLE_SHARE) this.#fullMs += allMs
  }

  /** The share of that time; 0 where cores tell nothing. */
  get fullShare(): number {
    return this.#allMs > 0 ? this.#fullMs / this.#allMs : 0
  }
}
