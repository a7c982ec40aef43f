import { BOUNDS } from '../../wire/index.ts'
import { type Gap, unjudged } from '../check/gap.ts'
import type { Evidence } from '../evidence/evidence.ts'

/** What a run may still take of an endpoint: it ends with the first answer that is too large. */
export class Allowance {
  #bytes = 0
  #late = 0
  #spent: Gap | undefined

  /** Why nothing more is worth sending; `undefined` as long as something is. */
  get spent(): Gap | undefined {
    return this.#spent
  }

  /** Counts an answer. */
  count({ id, exchange, excess }: Evidence): void {
    const { bytes, late } = BOUNDS.run
    for (const arrival of exchange?.arrivals ?? []) this.#bytes += arrival.bytes.length
    if (exchange?.end.how === 'timeout') this.#late += 1
    if (excess) this.#spent ??= unjudged(`not sent: the answer ${id} was too large`)
    if (this.#late >= late)
      this.#spent ??= unjudged(`not sent: ${late} answers did not end in time`)
    if (this.#bytes > bytes) {
      this.#spent ??= unjudged(`not sent: the answers so far have more than ${bytes} bytes`)
    }
  }
}

/** Thrown where a probe sends although the run has ended. */
export class NotSent extends Error {
  readonly gap: Gap

  constructor(gap: Gap) {
    super(gap.reason)
    this.gap = gap
  }
}
