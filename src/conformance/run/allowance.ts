import { BOUNDS, sizeOf } from '../../wire/index.ts'
import type { Evidence } from '../evidence/evidence.ts'

const NAMES = { bytes: 'bytes', reads: 'pieces', lines: 'lines', values: 'JSON values' } as const

type Amount = keyof typeof NAMES

/** What a run may still take of an endpoint: it ends with the first answer that is too large. */
export class Allowance {
  readonly #taken: Record<Amount, number> = { bytes: 0, reads: 0, lines: 0, values: 0 }
  #late = 0
  #spent: string | undefined

  /** Why nothing more is worth sending; `undefined` as long as something is. */
  get spent(): string | undefined {
    return this.#spent
  }

  /** Counts an answer; gives what makes it the last one, if anything does. */
  count({ id, exchange, marks, excess }: Evidence): string | undefined {
    const { arrivals, decoded, end } = exchange ?? { arrivals: [] }
    // A body that came compressed is kept both ways.
    const bytes = sizeOf(arrivals) + sizeOf(decoded ?? [])
    const answer: Record<Amount, number> = { bytes, reads: arrivals.length, ...marks }
    const amounts = Object.keys(NAMES) as Amount[]
    for (const each of amounts) this.#taken[each] += answer[each]
    if (end?.how === 'timeout') this.#late += 1
    if (this.#spent !== undefined) return undefined
    const { late, ...most } = BOUNDS.run
    const over = amounts.find((each) => this.#taken[each] > most[each])
    if (excess) this.#spent = `the answer ${id} was too large`
    else if (this.#late >= late) this.#spent = `${late} answers did not end in time`
    else if (over) {
      this.#spent = `the answers so far have more than ${most[over].toLocaleString('en')} ${NAMES[over]}`
    }
    return this.#spent
  }
}
