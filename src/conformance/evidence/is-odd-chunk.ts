import { chatChunkSchema, isJsonObject, type Json, type JsonObject } from '../../protocol/index.ts'
import { inMilliseconds } from './in-milliseconds.ts'

const { object, choices } = chatChunkSchema.properties
const OBJECT = object.const
const REASONS: readonly unknown[] = choices.items.properties.finish_reason.enum

/**
 * Whether a chunk is other than what nearly all chunks of all providers are: one choice, with a delta of
 * an assistant, in the same envelope as the first chunk has. Nothing is said of its tool calls.
 */
export function isOddChunk(json: JsonObject, first: JsonObject): boolean {
  const { id, object: kind, created, model, choices: told, error = null, usage = null } = json
  return (
    error !== null ||
    usage !== null ||
    kind !== OBJECT ||
    typeof id !== 'string' ||
    id === '' ||
    id !== first['id'] ||
    typeof model !== 'string' ||
    model === '' ||
    model === 'error' ||
    model !== first['model'] ||
    created !== first['created'] ||
    !isTime(created) ||
    !Array.isArray(told) ||
    told.length !== 1 ||
    isOddChoice(told[0]!)
  )
}

function isTime(created: Json | undefined): boolean {
  return (
    typeof created === 'number' &&
    Number.isInteger(created) &&
    created > 0 &&
    !inMilliseconds(created)
  )
}

function isOddChoice(choice: Json): boolean {
  if (!isJsonObject(choice)) return true
  const { index, delta, finish_reason: reason = null } = choice
  if (index !== 0 || !isJsonObject(delta) || !REASONS.includes(reason)) return true
  const { role = null, content = null, function_call: legacy = null } = delta
  const hasRole = role === null || role === 'assistant'
  return !hasRole || (content !== null && typeof content !== 'string') || legacy !== null
}
