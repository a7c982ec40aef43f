import { isJsonObject, type JsonObject } from '../../protocol/index.ts'
import { type Envelope, newEnvelope } from '../repair/envelope.ts'
import type { Sent } from '../repair/repair.ts'

/** Chunks that a gateway says of its own within an answer: they stand in the envelope of that. */
export class OwnChunks {
  /** That of an answer in which something of our own was said. */
  envelope: Envelope | undefined
  readonly #model: string
  #first: JsonObject | undefined
  /** The choices that have not told why they end. */
  readonly #unfinished = new Set<number>()

  constructor(model: string) {
    this.#model = model
  }

  /** Sees what is sent: in which envelope it is, and which choices it begins and ends. */
  note(chunk: JsonObject): void {
    this.#first ??= chunk
    for (const choice of chunk['choices'] as readonly unknown[]) {
      if (!isJsonObject(choice)) continue
      const index = choice['index'] as number
      if (choice['finish_reason']) this.#unfinished.delete(index)
      else this.#unfinished.add(index)
    }
  }

  /** Says some words. */
  saying(content: string): Sent {
    const isFirst = this.envelope === undefined
    const delta = { ...(isFirst && { role: 'assistant' }), content }
    return { chunk: this.#chunkWith(delta, null), isContent: true }
  }

  /** Ends each choice that has not ended. */
  ending(): Sent[] {
    return [...this.#unfinished].map((index) => ({
      chunk: this.#chunkWith({}, 'stop', index),
      isContent: false,
    }))
  }

  /** Tells what was used. */
  telling(usage: JsonObject): Sent {
    return { chunk: { ...this.#own(), choices: [], usage }, isContent: false }
  }

  #chunkWith(delta: JsonObject, finish_reason: string | null, index = 0): JsonObject {
    return { ...this.#own(), choices: [{ index, delta, finish_reason }] }
  }

  /** The envelope of what was sent, or one of our own. */
  #own(): Envelope {
    return (this.envelope ??= this.#first ? envelopeIn(this.#first) : newEnvelope(this.#model))
  }
}

function envelopeIn({ id, created, model }: JsonObject): Envelope {
  return {
    id: id as string,
    object: 'chat.completion.chunk',
    created: created as number,
    model: model as string,
  }
}
