import { encodeOnce, type Reply } from '../wire/index.ts'
import type { Why } from '../journal/index.ts'

/** An answer that was given, and why. */
export interface Remembered {
  readonly reply: Reply
  readonly why: Why | undefined
}

const MAX_ANSWERS = 256
const MAX_REQUEST = 16 * 1024
const MAX_REPLY = 128 * 1024

/** Answers to requests that come again and again, as under load. */
export class AnswerMemory {
  // What comes once, which is most, is not worth keeping: an answer is kept the second time.
  readonly #answers = new Map<string, Remembered | undefined>()

  get(request: string): Remembered | undefined {
    // Looking up a long text takes long.
    return request.length > MAX_REQUEST ? undefined : this.#answers.get(request)
  }

  add(request: string, answer: Remembered): void {
    if (request.length > MAX_REQUEST) return
    const again = this.#answers.has(request) && sizeOf(answer.reply) <= MAX_REPLY
    if (again) encodeOnce(answer.reply)
    this.#answers.set(request, again ? answer : undefined)
    if (this.#answers.size > MAX_ANSWERS) this.#answers.delete(this.#answers.keys().next().value!)
  }

  clear(): void {
    this.#answers.clear()
  }
}

function sizeOf({ frames }: Reply): number {
  return frames.reduce((sum, frame) => {
    if (frame.kind === 'event') return sum + frame.data.length
    return sum + (frame.kind === 'bytes' ? frame.bytes.length : 0)
  }, 0)
}
