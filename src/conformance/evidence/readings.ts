/** What all readings together may weigh, in bytes of memory: a dozen long answers, or a single worst one. */
const MAX_WEIGHT = 32 * 1024 * 1024

/** Those that were made, the ones used last at the end. */
const shelf = new Map<Readings, number>()
let weight = 0
let latest: Readings | undefined

/**
 * Readings of one answer, each made when it is first asked for.
 *
 * All answers share a bound on memory: where it is reached, the readings that were not used for the
 * longest time are forgotten, and made again when they are asked for again.
 */
export class Readings {
  readonly #weigh: () => number
  readonly #made = new Map<string, unknown>()

  /** `weigh` estimates what all readings together take, in bytes; it is asked once they are made. */
  constructor(weigh: () => number) {
    this.#weigh = weigh
  }

  /** Gives what `read` gave when it was called first. */
  once<T>(name: string, read: () => T): T {
    if (latest !== this) putLast(this, this.#weigh)
    if (!this.#made.has(name)) this.#made.set(name, read())
    return this.#made.get(name) as T
  }

  /** They are made again when they are asked for again. */
  forget(): void {
    this.#made.clear()
    weight -= shelf.get(this) ?? 0
    shelf.delete(this)
    if (latest === this) latest = undefined
  }
}

function putLast(readings: Readings, weigh: () => number): void {
  latest = readings
  const own = shelf.get(readings) ?? weigh()
  weight += shelf.delete(readings) ? 0 : own
  shelf.set(readings, own)
  for (const each of shelf.keys()) {
    if (weight <= MAX_WEIGHT || each === readings) return
    each.forget()
  }
}
