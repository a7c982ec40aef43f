import type { Evidence } from '../evidence/evidence.ts'

const BREAKS: readonly string[] = ['reset', 'premature-end']

/** Watches whether an endpoint that was there goes away, as a process that crashes does. */
export class LastSigns {
  #answered: Evidence | undefined
  /** Without an answer to any later one. */
  #lost: Evidence[] = []
  #gone: string | undefined

  /** Takes an exchange that is over; gives what happened, where the endpoint is gone. */
  note(evidence: Evidence): string | undefined {
    const { end, response } = evidence.exchange ?? {}
    const failed = end?.how === 'failed' ? end.reason : undefined
    const isRefused = failed === 'refused'
    if (isRefused) this.#gone ??= describe(this.#lost.length > 0 ? this.#lost : [this.#answered])
    if (isRefused || (failed && BREAKS.includes(failed))) this.#lost.push(evidence)
    else if (response && this.#gone === undefined) {
      this.#answered = evidence
      this.#lost = []
    }
    return this.#gone
  }

  /** All requests that were under way show that the endpoint went away; the first of them is enough. */
  isRepeated(evidence: Evidence): boolean {
    return this.#gone !== undefined && this.#lost.indexOf(evidence) > 0
  }
}

function describe(last: readonly (Evidence | undefined)[]): string | undefined {
  const ids = last.flatMap((each) => each?.id ?? [])
  return ids.length > 0 ? `the endpoint stopped listening after ${ids.join(', ')}` : undefined
}
