import TinyQueue from 'tinyqueue'

interface Job {
  readonly moment: number
  readonly order: number
  run: (() => void) | undefined
}

/** Work that is due at certain moments: the earliest first, and what is due together in its order. */
export class Agenda {
  readonly #jobs = new TinyQueue<Job>([], (a, b) => a.moment - b.moment || a.order - b.order)
  #added = 0
  #open = 0

  /** Adds work; gives a way to call it off. */
  add(moment: number, run: () => void): () => void {
    const job: Job = { moment, order: this.#added++, run }
    this.#jobs.push(job)
    this.#open++
    return () => {
      if (job.run) this.#open--
      job.run = undefined
    }
  }

  /** When the next work is due; `undefined` when there is none. */
  get next(): number | undefined {
    // What was called off leaves the queue late: it must not be waited for.
    if (this.#open === 0) while (this.#jobs.length > 0) this.#jobs.pop()
    return this.#jobs.peek()?.moment
  }

  /** Runs all that is due. */
  runUntil(now: number): void {
    while (this.runNext(now));
  }

  /** Runs what is due first, if anything is; tells whether it did. */
  runNext(now: number): boolean {
    for (let job = this.#jobs.peek(); job && job.moment <= now; job = this.#jobs.peek()) {
      this.#jobs.pop()
      const { run } = job
      if (!run) continue
      job.run = undefined
      this.#open--
      run()
      return true
    }
    return false
  }
}
