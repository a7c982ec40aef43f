import type { JSONSchema } from 'json-schema-to-ts'
import type { JsonObject } from './json.ts'

/** Ids and dialects of schemas that travel in requests must neither clash nor be looked up. */
export function withoutName(schema: JSONSchema | JsonObject): JsonObject {
  const { $schema: _, $id: __, ...nameless } = schema as JsonObject
  return nameless
}
