import type { ValidateFunction } from 'ajv'

/** The validator of requests, compiled when the package is built; the sources have none. */
export const validate: ValidateFunction | undefined = undefined
