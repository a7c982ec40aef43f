import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { mersenne } from 'pure-rand/generator/mersenne'

/** Enough to compare two runs; more would only fill memory. */
const CAPACITY = 20_000

/**
 * The values themselves, up to a bound; beyond it an even sample of them, chosen by a seed
 * (algorithm R).
 */
export class Sample {
  #values = new Float64Array(256)
  #seen = 0
  readonly #random = mersenne(1)

  get values(): Float64Array {
    return this.#values.subarray(0, Math.min(this.#seen, CAPACITY))
  }

  add(value: number): void {
    const at = this.#seen < CAPACITY ? this.#seen : uniformInt(this.#random, 0, this.#seen)
    this.#seen += 1
    if (at >= CAPACITY) return
    if (at >= this.#values.length) {
      const longer = new Float64Array(Math.min(this.#values.length * 2, CAPACITY))
      longer.set(this.#values)
      this.#values = longer
    }
    this.#values[at] = value
  }
}
