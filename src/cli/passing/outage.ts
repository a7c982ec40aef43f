/** Codes of OpenSSL and Node.js. */
const OF_CERTIFICATES = /CERT|SIGNATURE/

/** Tells once that the endpoint cannot be reached, and once that it can again, with how many had no answer. */
export class Outage {
  readonly #tell: (message: string) => void
  #code: string | undefined
  #unanswered = 0

  constructor(tell: (message: string) => void) {
    this.#tell = tell
  }

  unreachable(code: string): void {
    this.#unanswered++
    if (code !== this.#code) {
      const advice = OF_CERTIFICATES.test(code) ? '; --insecure takes any certificate' : ''
      this.#tell(`the endpoint cannot be reached (${code}); clients get no answer${advice}`)
    }
    this.#code = code
  }

  connected(): void {
    if (this.#code === undefined) return
    const connections = this.#unanswered === 1 ? '1 connection' : `${this.#unanswered} connections`
    this.#tell(`the endpoint can be reached again; ${connections} had no answer`)
    this.#code = undefined
    this.#unanswered = 0
  }
}
