/** Tells each message once, and at the end how often it came: whoever finds a tunnel knocks again and again. */
export class ToldOnce {
  readonly #tell: (message: string) => void
  readonly #times = new Map<string, number>()

  constructor(tell: (message: string) => void) {
    this.#tell = tell
  }

  tell(message: string): void {
    const times = (this.#times.get(message) ?? 0) + 1
    this.#times.set(message, times)
    if (times === 1) this.#tell(message)
  }

  tellCounts(): void {
    for (const [message, times] of this.#times) {
      if (times > 1) this.#tell(`${times} times: ${message}`)
    }
  }
}
