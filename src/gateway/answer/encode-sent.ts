import { isJsonObject, type JsonObject } from '../../protocol/index.ts'
import type { Envelope } from '../repair/envelope.ts'
import type { Sent } from '../repair/repair.ts'

/** Writes chunks as server-sent events; in another envelope, where an answer has begun in it already. */
export function encodeSent(sent: readonly Sent[], envelope: Envelope | undefined): string {
  let text = ''
  for (const { chunk, data } of sent) {
    const json = envelope
      ? JSON.stringify(inEnvelope(chunk, envelope))
      : (data ?? JSON.stringify(chunk))
    text += `data: ${json}\n\n`
  }
  return text
}

/** Who speaks is told already. */
function inEnvelope(chunk: JsonObject, envelope: Envelope): JsonObject {
  const choices = Array.isArray(chunk['choices']) ? chunk['choices'] : []
  return {
    ...chunk,
    ...envelope,
    choices: choices.map((choice) => {
      if (!isJsonObject(choice) || !isJsonObject(choice['delta'])) return choice
      const { role: _role, ...delta } = choice['delta']
      return { ...choice, delta }
    }),
  }
}
