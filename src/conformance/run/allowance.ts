import { BOUNDS, sizeOf } from '../../wire/index.ts'
import type { Evidence } from '../evidence/evidence.ts'

/** What a run may still take of an endpoint: it ends with the first answer that is too large. */
export class Allowance {
  #bytes = 0
  #values = 0
  #late = 0
  #spent: string | undefined

  /** Why nothing more is worth sending; `undefined` as long as something is. */
  get spent(): string | undefined {
    return this.#spent
  }

  /** Counts an answer; gives what makes it the last one, if anything does. */
  count({ id, exchange, marks, excess }: Evidence): string | undefined {
    const { bytes, values, late } = BOUNDS.run
    // A body that came compressed is kept both ways.
    this.#bytes += sizeOf(exchange?.arrivals ?? []) + sizeOf(exchange?.decoded ?? [])
    this.#values += marks.values
    if (exchange?.end.how === 'timeout') this.#late += 1
    if (this.#spent !== undefined) return undefined
    if (excess) this.#spent = `the answer ${id} was too large`
    else if (this.#late >= late) this.#spent = `${late} answers did not end in time`
    else if (this.#bytes > bytes) this.#spent = tooMuch(bytes, 'bytes')
    else if (this.#values > values) this.#spent = tooMuch(values, 'JSON values')
    return this.#spent
  }
}

function tooMuch(bound: number, unit: string): string {
  return `the answers so far have more than ${bound.toLocaleString('en')} ${unit}`
}
