import {
  build,
  decodeFromCompressedBase64,
  encodeIntoCompressedBase64,
  type JsHistogram as HdrHistogram,
} from 'hdr-histogram-js'

/** Values are kept as whole thousandths: microseconds, for milliseconds. */
const SCALE = 1_000
const HIGHEST = 3_600_000 * SCALE

/** A histogram with three significant digits, whatever the range; histograms add up exactly. */
export class Histogram {
  readonly #hdr: HdrHistogram
  // What was put in, to the last digit.
  #sum = 0
  #min = Infinity
  #max = -Infinity

  constructor(hdr: HdrHistogram = newHdr()) {
    this.#hdr = hdr
  }

  get count(): number {
    return this.#hdr.totalCount
  }

  get sum(): number {
    return this.#sum
  }

  get mean(): number | null {
    return this.count === 0 ? null : this.#sum / this.count
  }

  get min(): number | null {
    return this.count === 0 ? null : this.#min
  }

  get max(): number | null {
    return this.count === 0 ? null : this.#max
  }

  record(value: number): void {
    this.#hdr.recordValue(scaled(value))
    this.#sum += value
    if (value < this.#min) this.#min = value
    if (value > this.#max) this.#max = value
  }

  /** `percentile` from 0 to 100; `null` when nothing was recorded. */
  percentile(percentile: number): number | null {
    if (this.count === 0) return null
    const value = this.#hdr.getValueAtPercentile(percentile) / SCALE
    return Math.min(Math.max(value, this.#min), this.#max)
  }

  /** How many values are this large or larger, by bucket. */
  countFrom(value: number): number {
    return this.#countBetween(this.#bucketOf(value), this.#hdr.countsArrayLength - 1)
  }

  /** How many values are this large or smaller, by bucket. */
  countUpTo(value: number): number {
    return this.#countBetween(0, this.#bucketOf(value))
  }

  add(other: Histogram): void {
    if (other.count === 0) return
    this.#hdr.add(other.#hdr)
    this.#sum += other.#sum
    this.#min = Math.min(this.#min, other.#min)
    this.#max = Math.max(this.#max, other.#max)
  }

  /** The V2 compressed form that all HdrHistogram libraries read. */
  encode(): string {
    return encodeIntoCompressedBase64(this.#hdr)
  }

  #bucketOf(value: number): number {
    return this.#hdr.countsArrayIndex(scaled(value))
  }

  #countBetween(first: number, last: number): number {
    let count = 0
    const end = Math.min(last, this.#hdr.countsArrayLength - 1)
    for (let i = first; i <= end; i++) count += this.#hdr.getCountAtIndex(i)
    return count
  }

  static decode(encoded: string, exact: { sum: number; min: number; max: number }): Histogram {
    const histogram = new Histogram(decodeFromCompressedBase64(encoded) as HdrHistogram)
    histogram.#sum = exact.sum
    histogram.#min = exact.min
    histogram.#max = exact.max
    return histogram
  }
}

function scaled(value: number): number {
  return Math.min(HIGHEST, Math.max(0, Math.round(value * SCALE)))
}

function newHdr(): HdrHistogram {
  return build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: HIGHEST,
    numberOfSignificantValueDigits: 3,
    autoResize: true,
    // What it builds without WebAssembly.
  }) as HdrHistogram
}
