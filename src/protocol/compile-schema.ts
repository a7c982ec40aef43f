import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import type { JSONSchema } from 'json-schema-to-ts'
import type { JsonObject } from './json.ts'

/** One way in which a value breaks its schema. */
export interface Violation {
  /** JSON Pointer to the offending value; empty for the whole. */
  readonly path: string
  readonly message: string
}

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, strict: false, logger: false })

/**
 * Compiles a JSON Schema (2020-12, and older drafts as far as they agree) to a validator.
 *
 * @throws when the schema is not one.
 */
export function compileSchema(schema: JSONSchema | JsonObject): (value: unknown) => Violation[] {
  // Ids and dialects of schemas that travel in requests must neither clash nor be looked up.
  const { $schema: _, $id: __, ...anonymous } = schema as Record<string, unknown>
  const validate = ajv.compile(anonymous)
  ajv.removeSchema(anonymous)
  return (value) => (validate(value) ? [] : (validate.errors ?? []).map(toViolation))
}

function toViolation(error: ErrorObject): Violation {
  const allowed: unknown = error.params['allowedValues'] ?? error.params['allowedValue']
  const detail = allowed === undefined ? '' : `: ${JSON.stringify(allowed)}`
  return { path: error.instancePath, message: `${error.message ?? error.keyword}${detail}` }
}
