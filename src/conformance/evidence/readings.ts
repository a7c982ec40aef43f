/** What all readings together may weigh, in bytes of memory: a dozen long answers, or a single worst one. */
const MAX_WEIGHT = 32 * 1024 * 1024

/** All but the latest; the ones used last are at the end. */
const shelf = new Set<Readings>()
/** What they weigh. */
let shelved = 0
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
  #weight: number | undefined

  /** `weigh` estimates what all readings together take, in bytes; asked once, where others are kept too. */
  constructor(weigh: () => number) {
    this.#weigh = weigh
  }

  get weight(): number {
    return (this.#weight ??= this.#weigh())
  }

  /** Gives what `read` gave when it was called first. */
  once<T>(name: string, read: () => T): T {
    if (latest !== this) takeUp(this)
    const known = this.#made.get(name)
    if (known !== undefined || this.#made.has(name)) return known as T
    const made = read()
    this.#made.set(name, made)
    return made
  }

  /** They are made again when they are asked for again. */
  forget(): void {
    this.#made.clear()
    unshelve(this)
    if (latest === this) latest = undefined
  }
}

/**
 * A set keeps the order in which its members came: what is taken out and put in again is the last, and
 * the first is the one that was not used for the longest time. The latest stands beside the shelf, since
 * most checks read on in the answer that was read before, which then moves nothing and weighs nothing.
 */
function takeUp(readings: Readings): void {
  unshelve(readings)
  if (latest) {
    shelf.add(latest)
    shelved += latest.weight
  }
  latest = readings
  for (const each of shelf) {
    if (shelved + readings.weight <= MAX_WEIGHT) return
    each.forget()
  }
}

function unshelve(readings: Readings): void {
  if (shelf.delete(readings)) shelved -= readings.weight
}
