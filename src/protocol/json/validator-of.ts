import type { JSONSchema } from 'json-schema-to-ts'
import { compileOwn } from './compile-own.ts'
import { type OwnViolation, ownViolationsBy } from './violation.ts'

/** Makes the validator of a schema of our own, compiled when it is first used. */
export function validatorOf(schema: JSONSchema): (value: unknown) => OwnViolation[] {
  const validate = compileOwn(schema)
  return (value) => ownViolationsBy(validate, value)
}
