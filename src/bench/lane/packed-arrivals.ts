/** What came back, in one piece, and when: cheap to gather, and to hand to a thread. */
export interface Packed {
  /** Arrival times, and how many bytes came with each. */
  readonly stamps: Float64Array
  readonly lengths: Uint32Array
  readonly bytes: Uint8Array
}

/**
 * Packs arrivals as they come, so that no object of each is left to the garbage collector, whose
 * pauses make stamps late. What was taken leaves room for the arrivals of another answer.
 */
export class PackedArrivals {
  #stamps = new Float64Array(64)
  #lengths = new Uint32Array(64)
  #bytes = new Uint8Array(16_384)
  #count = 0
  #size = 0

  /** Adds a piece; pieces with one stamp came with one read. */
  add(atMs: number, bytes: Uint8Array): void {
    const isSameRead = this.#count > 0 && this.#stamps[this.#count - 1] === atMs
    if (!isSameRead && this.#count === this.#stamps.length) {
      this.#stamps = grown(this.#stamps, new Float64Array(this.#count * 2))
      this.#lengths = grown(this.#lengths, new Uint32Array(this.#count * 2))
    }
    const size = this.#size + bytes.length
    if (size > this.#bytes.length) this.#bytes = grown(this.#bytes, new Uint8Array(size * 2))
    if (isSameRead) {
      this.#lengths[this.#count - 1]! += bytes.length
    } else {
      this.#stamps[this.#count] = atMs
      this.#lengths[this.#count++] = bytes.length
    }
    this.#bytes.set(bytes, this.#size)
    this.#size = size
  }

  /** All of them, in arrays of their own. */
  take(): Packed {
    const packed = {
      stamps: this.#stamps.slice(0, this.#count),
      lengths: this.#lengths.slice(0, this.#count),
      bytes: this.#bytes.slice(0, this.#size),
    }
    this.#count = 0
    this.#size = 0
    return packed
  }
}

function grown<T extends Float64Array | Uint32Array | Uint8Array>(from: T, to: T): T {
  to.set(from)
  return to
}
