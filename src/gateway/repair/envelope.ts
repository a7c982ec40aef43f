import type { JsonObject } from '../../protocol/index.ts'

/** What all chunks of an answer have in common. */
export interface Envelope {
  readonly id: string
  readonly object: 'chat.completion.chunk'
  readonly created: number
  readonly model: string
}

/** An envelope of our own, for a model. */
export function newEnvelope(model: string): Envelope {
  return {
    id: newId(),
    object: 'chat.completion.chunk',
    created: nowInSeconds(),
    model,
  }
}

/** The envelope of the first chunk, with what it lacks filled in. */
export function envelopeOf(chunk: JsonObject, model: string): Envelope {
  const { id, created, model: told } = chunk
  return {
    id: typeof id === 'string' && id !== '' ? id : newId(),
    object: 'chat.completion.chunk',
    created: secondsOf(created) ?? nowInSeconds(),
    model: typeof told === 'string' && told !== '' ? told : model,
  }
}

/** Whether a chunk has it already. */
export function hasEnvelope(chunk: JsonObject, envelope: Envelope): boolean {
  return (
    chunk['id'] === envelope.id &&
    chunk['created'] === envelope.created &&
    chunk['object'] === envelope.object &&
    chunk['model'] === envelope.model
  )
}

/** Some tell milliseconds, fractions or text. */
function secondsOf(created: unknown): number | undefined {
  const value = Number(created)
  if (typeof created === 'object' || !Number.isFinite(value) || value <= 0) return undefined
  return Math.floor(value > 1e11 ? value / 1000 : value)
}

function newId(): string {
  return `chatcmpl-${crypto.randomUUID().replaceAll('-', '')}`
}

function nowInSeconds(): number {
  return Math.floor(Date.now() / 1000)
}
