import { encodeOnce, type Reply } from '../wire/index.ts'
import type { Why } from '../journal/index.ts'
import type { KeptAnswer } from './kept-answers.ts'
import { sizeOf } from './size-of.ts'

/** What an answer depends on. */
export interface Asked {
  readonly body: string
  readonly scope: string
  /** Its id. */
  readonly dialect: string
}

/** An answer that was given, why, and what of it is kept. */
export interface Remembered {
  readonly reply: Reply
  readonly kept: KeptAnswer | undefined
  readonly why: Why | undefined
}

/** What was asked, and the answer from the second time on: most comes once, and is not worth keeping. */
interface Memory {
  readonly asked: Asked
  readonly answer: Remembered | undefined
}

const MAX_ANSWERS = 256
const MAX_REQUEST = 16 * 1024
const MAX_REPLY = 128 * 1024

/** Answers to requests that come again and again, as under load. */
export class AnswerMemory {
  /** The latest for each body, since a key made up of more would be a long text to copy for each request. */
  readonly #byBody = new Map<string, Memory>()

  get(asked: Asked): Remembered | undefined {
    return this.#find(asked)?.answer
  }

  add(asked: Asked, answer: Remembered): void {
    if (asked.body.length > MAX_REQUEST) return
    const again = this.#find(asked) !== undefined && sizeOf(answer.reply) <= MAX_REPLY
    if (again) encodeOnce(answer.reply)
    this.#byBody.set(asked.body, { asked, answer: again ? answer : undefined })
    if (this.#byBody.size > MAX_ANSWERS) this.#byBody.delete(this.#byBody.keys().next().value!)
  }

  clear(): void {
    this.#byBody.clear()
  }

  #find({ body, scope, dialect }: Asked): Memory | undefined {
    // Looking up a long text takes long.
    if (body.length > MAX_REQUEST) return undefined
    const memory = this.#byBody.get(body)
    return memory?.asked.scope === scope && memory.asked.dialect === dialect ? memory : undefined
  }
}
