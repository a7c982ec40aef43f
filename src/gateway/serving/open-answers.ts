import type { ServerResponse } from 'node:http'

/** The answers that are under way. */
export class OpenAnswers {
  readonly #open = new Set<ServerResponse>()
  #onOver = () => {}

  add(response: ServerResponse): void {
    if (response.destroyed) return
    this.#open.add(response)
    response.once('close', () => {
      this.#open.delete(response)
      if (this.#open.size === 0) this.#onOver()
    })
  }

  /** Resolves when all are over, or the time is. */
  over(withinMs: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.#open.size === 0) return resolve()
      const timer = setTimeout(resolve, withinMs)
      this.#onOver = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
