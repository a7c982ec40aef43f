import { whenUsed } from './compile-own.ts'

/** The validator of JSON Schema 2020-12 itself; in what is built it is compiled already. */
export const validate = whenUsed((ajv) =>
  ajv.getSchema('https://json-schema.org/draft/2020-12/schema')!,
)
