/** What all readings together may weigh, in bytes of memory: a dozen long answers, or a single worst one. */
const MAX_WEIGHT = 32 * 1024 * 1024

/** Those that were made, the ones used last at the end. */
const shelf = new Map<WeakRef<Readings>, number>()
let weight = 0
let latest: WeakRef<Readings> | undefined

/**
 * Readings of one answer, each made when it is first asked for.
 *
 * All answers share a bound on memory: where it is reached, the readings that were not used for the
 * longest time are forgotten, and made again when they are asked for again.
 */
export class Readings {
  readonly #weigh: () => number
  readonly #made = new Map<string, unknown>()
  readonly #self = new WeakRef(this)

  /** `weigh` estimates what all readings together take, in bytes; it is asked once they are made. */
  constructor(weigh: () => number) {
    this.#weigh = weigh
  }

  /** Gives what `read` gave when it was called first. */
  once<T>(name: string, read: () => T): T {
    if (latest !== this.#self) this.#moveToEnd()
    if (!this.#made.has(name)) this.#made.set(name, read())
    return this.#made.get(name) as T
  }

  forget(): void {
    this.#made.clear()
  }

  #moveToEnd(): void {
    latest = this.#self
    const own = shelf.get(this.#self) ?? this.#weigh()
    weight += shelf.delete(this.#self) ? 0 : own
    shelf.set(this.#self, own)
    for (const [ref, each] of shelf) {
      if (weight <= MAX_WEIGHT || ref === this.#self) return
      shelf.delete(ref)
      weight -= each
      ref.deref()?.forget()
    }
  }
}
