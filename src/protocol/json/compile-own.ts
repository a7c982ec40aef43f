import { Ajv2020 } from 'ajv/dist/2020.js'
import type { JSONSchema } from 'json-schema-to-ts'
import type { CompiledSchema } from './violation.ts'
import type { JsonObject } from './json.ts'
import { withoutName } from './without-name.ts'

export const AJV_OPTIONS = {
  allErrors: true,
  allowUnionTypes: true,
  strict: false,
  logger: false,
  validateSchema: false,
  // Otherwise 1.15 is no multiple of 0.01.
  multipleOfPrecision: 9,
} as const

/** For schemas of our own. */
export const TRUSTING = { ...AJV_OPTIONS, verbose: true } as const

/** JSON Schema 2020-12 itself. */
export const META_SCHEMA = 'https://json-schema.org/draft/2020-12/schema'

let trusting: Ajv2020 | undefined

/** Makes the validator of something of our own when it is first used. */
export function whenUsed(make: (ajv: Ajv2020) => CompiledSchema): CompiledSchema {
  let made: CompiledSchema | undefined
  const validate: CompiledSchema = (value) => {
    made ??= make((trusting ??= new Ajv2020(TRUSTING)))
    const isValid = made(value)
    validate.errors = made.errors ?? null
    return isValid
  }
  return validate
}

/**
 * Compiles a schema of our own when it is first used.
 *
 * That it is a schema is for tests to say: checking it here would double the time to start.
 */
export function compileOwn(schema: JSONSchema): CompiledSchema {
  return whenUsed((ajv) => compileBy(ajv, withoutName(schema)))
}

/** Compiles a schema, and keeps nothing of it. */
export function compileBy(ajv: Ajv2020, schema: JsonObject): CompiledSchema {
  const validate = ajv.compile(schema)
  ajv.removeSchema(schema)
  return validate
}
