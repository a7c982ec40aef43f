import type { ValidateFunction } from 'ajv'

/** The validator of JSON Schema 2020-12 itself, compiled when the package is built; the sources have none. */
export const validate: ValidateFunction | undefined = undefined
