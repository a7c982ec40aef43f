import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import type { JSONSchema } from 'json-schema-to-ts'
import type { JsonObject } from './json.ts'

/** One way in which a value breaks its schema. */
export interface Violation {
  /** JSON Pointer to the offending value; empty for the whole. */
  readonly path: string
  readonly message: string
}

const ajv = new Ajv2020({
  allErrors: true,
  allowUnionTypes: true,
  strict: false,
  logger: false,
  validateSchema: false,
})

export type Validate = (value: unknown) => Violation[]

// Compiling costs far more than validating, and a conversation brings the same tools every turn.
const compiled = new Map<string, Validate>()
const MAX_COMPILED = 256

/**
 * Compiles a JSON Schema (2020-12, and older drafts as far as they agree) to a validator.
 *
 * @throws when the schema is not one.
 */
export function compileSchema(schema: JSONSchema | JsonObject): Validate {
  const key = JSON.stringify(schema)
  let validate = compiled.get(key)
  if (!validate) {
    const nameless = withoutName(schema)
    void ajv.validateSchema(nameless, true)
    validate = compile(nameless)
    if (compiled.size >= MAX_COMPILED) compiled.clear()
    compiled.set(key, validate)
  }
  return validate
}

/**
 * Makes the validator of a schema of our own, compiled when it is first used.
 *
 * That it is a schema is for tests to say: checking it here would double the time to start.
 */
export function validatorOf(schema: JSONSchema): Validate {
  let validate: Validate | undefined
  return (value) => (validate ??= compile(withoutName(schema)))(value)
}

/** Ids and dialects of schemas that travel in requests must neither clash nor be looked up. */
function withoutName(schema: JSONSchema | JsonObject): Record<string, unknown> {
  const { $schema: _, $id: __, ...nameless } = schema as Record<string, unknown>
  return nameless
}

function compile(schema: Record<string, unknown>): Validate {
  const validate = ajv.compile(schema)
  ajv.removeSchema(schema)
  return (value) => (validate(value) ? [] : (validate.errors ?? []).map(toViolation))
}

function toViolation(error: ErrorObject): Violation {
  const allowed: unknown =
    error.params['allowedValues'] ??
    error.params['allowedValue'] ??
    error.params['additionalProperty']
  const detail = allowed === undefined ? '' : `: ${JSON.stringify(allowed)}`
  return { path: error.instancePath, message: `${error.message ?? error.keyword}${detail}` }
}
