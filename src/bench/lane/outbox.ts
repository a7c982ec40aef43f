import type { Flight } from './lane-messages.ts'

const FLUSH_MS = 100
const FLUSH_FLIGHTS = 64

/** Gathers flights that are over, and hands them on in batches. */
export class Outbox {
  readonly #flights: Flight[] = []
  readonly #flushing: NodeJS.Timeout
  readonly #handOn: (flights: readonly Flight[], buffers: ArrayBuffer[]) => void

  /** Handed on about ten times a second, were there any or not: it is a sign of life. */
  constructor(handOn: (flights: readonly Flight[], buffers: ArrayBuffer[]) => void) {
    this.#handOn = handOn
    this.#flushing = setInterval(this.#flush, FLUSH_MS)
  }

  readonly put = (flight: Flight) => {
    this.#flights.push(flight)
    if (this.#flights.length >= FLUSH_FLIGHTS) this.#flush()
  }

  close(): void {
    clearInterval(this.#flushing)
    this.#flush()
  }

  readonly #flush = () => {
    const flights = this.#flights.splice(0)
    const buffers = flights.flatMap(({ stamps, lengths, bytes }) => [
      stamps.buffer as ArrayBuffer,
      lengths.buffer as ArrayBuffer,
      bytes.buffer as ArrayBuffer,
    ])
    this.#handOn(flights, buffers)
  }
}
