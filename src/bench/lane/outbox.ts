import type { FlightHead, PackedFlight, PackedFlights } from './lane-messages.ts'
import { PackedArrivals } from './packed-arrivals.ts'

const FLUSH_MS = 100
/** Few: to hand them on takes this thread, and the one that takes them, as long as many stamps. */
const FLUSH_FLIGHTS = 8
const FLUSH_BYTES = 1024 * 1024

/** Gathers flights that are over, and hands them on in batches. */
export class Outbox {
  #flights: PackedFlight[] = []
  readonly #arrivals = new PackedArrivals(FLUSH_BYTES)
  readonly #flushing: NodeJS.Timeout
  readonly #handOn: (flights: PackedFlights) => void

  /** Handed on about ten times a second, were there any or not: it is a sign of life. */
  constructor(handOn: (flights: PackedFlights) => void) {
    this.#handOn = handOn
    this.#flushing = setInterval(this.#flush, FLUSH_MS)
  }

  /** Empties the arrivals. */
  put(head: FlightHead, arrivals: PackedArrivals): void {
    this.#flights.push({ head, reads: arrivals.reads, size: arrivals.size })
    this.#arrivals.takeFrom(arrivals)
    if (this.#flights.length >= FLUSH_FLIGHTS || this.#arrivals.size >= FLUSH_BYTES) this.#flush()
  }

  close(): void {
    clearInterval(this.#flushing)
    this.#flush()
  }

  readonly #flush = () => {
    this.#handOn({ flights: this.#flights, ...this.#arrivals.take() })
    this.#flights = []
  }
}
