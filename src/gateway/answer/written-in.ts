import { isJsonObject, type Json, type JsonObject } from '../../protocol/index.ts'
import type { Sent } from '../repair/repair.ts'

/** What a model wrote of chunks, heard or not: the texts of all choices, names and arguments of calls; no reasoning. */
export function writtenIn(sent: readonly Sent[]): string {
  let text = ''
  for (const { chunk } of sent) {
    for (const choice of chunk['choices'] as readonly unknown[]) {
      const delta = isJsonObject(choice) ? choice['delta'] : undefined
      if (isJsonObject(delta)) text += writtenInDelta(delta)
    }
  }
  return text
}

function writtenInDelta({ content, tool_calls, function_call }: JsonObject): string {
  const text = typeof content === 'string' ? content : ''
  if (!tool_calls && !function_call) return text
  const calls = [...(Array.isArray(tool_calls) ? tool_calls : []), function_call ?? null]
  return [text, ...calls.flatMap(textsOfCall)].join('\n')
}

/** `id` and `type` are none of the model's. */
function textsOfCall(call: Json): string[] {
  if (!isJsonObject(call)) return []
  const inner = call['function'] ?? call['custom'] ?? call
  if (!isJsonObject(inner)) return []
  return [inner['name'], inner['arguments'] ?? inner['input']].filter(
    (each) => typeof each === 'string',
  )
}
