const FEW_READS = 64
const FEW_BYTES = 16_384

/** What came back, in one piece, and when: cheap to gather, and to hand to a thread. */
export interface Packed {
  /** Arrival times, and how many bytes came with each. */
  readonly stamps: Float64Array<ArrayBuffer>
  readonly lengths: Uint32Array<ArrayBuffer>
  readonly bytes: Uint8Array<ArrayBuffer>
}

/**
 * Packs arrivals as they come, so that no object of each is left to the garbage collector, whose
 * pauses make stamps late. What was taken leaves room for more.
 */
export class PackedArrivals {
  readonly #keptBytes: number
  #stamps = new Float64Array(FEW_READS)
  #lengths = new Uint32Array(FEW_READS)
  #bytes = new Uint8Array(FEW_BYTES)
  #reads = 0
  #size = 0

  /** Room for more than `keptBytes` is not kept. */
  constructor(keptBytes: number) {
    this.#keptBytes = keptBytes
  }

  /** How many reads are in it. */
  get reads(): number {
    return this.#reads
  }

  /** How many bytes are in it. */
  get size(): number {
    return this.#size
  }

  /** The bytes in it, for as long as nothing is added or taken. */
  get seen(): Uint8Array {
    return this.#bytes.subarray(0, this.#size)
  }

  /** Adds a piece; pieces with one stamp came with one read. */
  add(atMs: number, bytes: Uint8Array): void {
    const isSameRead = this.#reads > 0 && this.#stamps[this.#reads - 1] === atMs
    this.#makeRoom(1, bytes.length)
    if (isSameRead) {
      this.#lengths[this.#reads - 1]! += bytes.length
    } else {
      this.#stamps[this.#reads] = atMs
      this.#lengths[this.#reads++] = bytes.length
    }
    this.#bytes.set(bytes, this.#size)
    this.#size += bytes.length
  }

  /** Adds those of another answer, and empties what they were in. */
  takeFrom(other: PackedArrivals): void {
    this.#makeRoom(other.#reads, other.#size)
    this.#stamps.set(other.#stamps.subarray(0, other.#reads), this.#reads)
    this.#lengths.set(other.#lengths.subarray(0, other.#reads), this.#reads)
    this.#bytes.set(other.#bytes.subarray(0, other.#size), this.#size)
    this.#reads += other.#reads
    this.#size += other.#size
    other.drop()
  }

  /** All of them, in arrays of their own. */
  take(): Packed {
    const packed = {
      stamps: this.#stamps.slice(0, this.#reads),
      lengths: this.#lengths.slice(0, this.#reads),
      bytes: this.#bytes.slice(0, this.#size),
    }
    this.drop()
    return packed
  }

  /** Empties it. */
  drop(): void {
    if (this.#size > this.#keptBytes) {
      this.#stamps = new Float64Array(FEW_READS)
      this.#lengths = new Uint32Array(FEW_READS)
      this.#bytes = new Uint8Array(FEW_BYTES)
    }
    this.#reads = 0
    this.#size = 0
  }

  #makeRoom(reads: number, size: number): void {
    const neededReads = this.#reads + reads
    if (neededReads > this.#stamps.length) {
      this.#stamps = grown(this.#stamps, new Float64Array(neededReads * 2))
      this.#lengths = grown(this.#lengths, new Uint32Array(neededReads * 2))
    }
    const neededSize = this.#size + size
    if (neededSize > this.#bytes.length) {
      this.#bytes = grown(this.#bytes, new Uint8Array(neededSize * 2))
    }
  }
}

function grown<T extends Float64Array | Uint32Array | Uint8Array>(from: T, to: T): T {
  to.set(from)
  return to
}
