import type { ErrorObject } from 'ajv'
import type { JsonObject } from './json.ts'

/** One way in which a value breaks its schema. */
export interface Violation {
  /** JSON Pointer to the offending value; empty for the whole. */
  readonly path: string
  readonly message: string
  /** JSON Pointer to the keyword of the schema, as a fragment: `#/properties/age/minimum`. */
  readonly schemaPath: string
  /** The member that should be there. */
  readonly missing?: string
}

/** A violation of a schema of our own. */
export interface OwnViolation extends Violation {
  /** The part of the schema that holds the keyword, which may stand behind a reference. */
  readonly schema: JsonObject
  readonly value: unknown
}

/** What ajv makes of a schema. */
export interface CompiledSchema {
  (value: unknown): boolean
  errors?: null | ErrorObject[]
}

/** All that a schema has against a value. */
export function violationsBy(validate: CompiledSchema, value: unknown): Violation[] {
  return errorsBy(validate, value).map(toViolation)
}

/** The same of a schema of our own. */
export function ownViolationsBy(validate: CompiledSchema, value: unknown): OwnViolation[] {
  return errorsBy(validate, value).map((error) => ({
    ...toViolation(error),
    schema: error.parentSchema as JsonObject,
    value: error.data,
  }))
}

function errorsBy(validate: CompiledSchema, value: unknown): readonly ErrorObject[] {
  return validate(value) ? [] : (validate.errors ?? [])
}

function toViolation(error: ErrorObject): Violation {
  const allowed: unknown =
    error.params['allowedValues'] ??
    error.params['allowedValue'] ??
    error.params['additionalProperty']
  const detail = allowed === undefined ? '' : `: ${JSON.stringify(allowed)}`
  const missing = error.params['missingProperty'] as string | undefined
  return {
    path: error.instancePath,
    message: `${error.message ?? error.keyword}${detail}`,
    schemaPath: error.schemaPath,
    ...(missing !== undefined && { missing }),
  }
}
