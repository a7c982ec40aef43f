import { encodeOnce, type Reply } from '../wire/index.ts'
import type { Why } from './model.ts'

/** An answer that was given, and why. */
export interface Remembered {
  readonly reply: Reply
  readonly why: Why | undefined
}

const MAX_ANSWERS = 256
const MAX_REQUEST = 16 * 1024

/** Answers to requests that come again and again, as under load. */
export class AnswerMemory {
  // What comes once, which is most, is not worth keeping: an answer is kept the second time.
  readonly #answers = new Map<string, Remembered | undefined>()

  get(request: string): Remembered | undefined {
    return this.#answers.get(request)
  }

  add(request: string, answer: Remembered): void {
    if (request.length > MAX_REQUEST) return
    const again = this.#answers.has(request)
    if (again) encodeOnce(answer.reply)
    this.#answers.set(request, again ? answer : undefined)
    if (this.#answers.size > MAX_ANSWERS) this.#answers.delete(this.#answers.keys().next().value!)
  }

  clear(): void {
    this.#answers.clear()
  }
}
