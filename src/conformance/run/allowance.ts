import { BOUNDS, sizeOf } from '../../wire/index.ts'
import type { Evidence } from '../evidence/evidence.ts'
import { LastSigns } from './last-signs.ts'

const NAMES = { bytes: 'bytes', reads: 'pieces', lines: 'lines', values: 'JSON values' } as const

type Amount = keyof typeof NAMES

/** What a run may still take of an endpoint: it ends with the first answer that is too large, or with the endpoint. */
export class Allowance {
  readonly #taken: Record<Amount, number> = { bytes: 0, reads: 0, lines: 0, values: 0 }
  readonly #lastSigns = new LastSigns()
  #late = 0
  #spent: string | undefined

  /** Why nothing more is worth sending; `undefined` as long as something is. */
  get spent(): string | undefined {
    return this.#spent
  }

  /** Counts an answer; gives what makes it the last one, if anything does. */
  count(evidence: Evidence): string | undefined {
    const { id, exchange, marks, excess } = evidence
    const { arrivals, decoded, end } = exchange ?? { arrivals: [] }
    // A body that came compressed is kept both ways.
    const bytes = sizeOf(arrivals) + sizeOf(decoded ?? [])
    const answer: Record<Amount, number> = { bytes, reads: arrivals.length, ...marks }
    const amounts = Object.keys(NAMES) as Amount[]
    for (const each of amounts) this.#taken[each] += answer[each]
    if (end?.how === 'timeout') this.#late += 1
    const gone = this.#lastSigns.note(evidence)
    if (this.#spent !== undefined) return undefined
    const { late, ...most } = BOUNDS.run
    const over = amounts.find((each) => this.#taken[each] > most[each])
    if (excess) this.#spent = `the answer ${id} was too large`
    else if (gone !== undefined) this.#spent = gone
    else if (this.#late >= late) this.#spent = `${late} answers did not end in time`
    else if (over) {
      this.#spent = `the answers so far have more than ${most[over].toLocaleString('en')} ${NAMES[over]}`
    }
    return this.#spent
  }

  /** Whether an exchange shows no more than that the endpoint is gone, as one before it does. */
  isRepeated(evidence: Evidence): boolean {
    return this.#lastSigns.isRepeated(evidence)
  }
}
