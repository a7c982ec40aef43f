import type { ValidateFunction } from 'ajv'

/** The validator of scenarios, compiled when the package is built; the sources have none. */
export const validate: ValidateFunction | undefined = undefined
