import { META_SCHEMA, whenUsed } from './compile-own.ts'

/** The validator of JSON Schema 2020-12 itself; in what is built it is compiled already. */
export const validate = whenUsed((ajv) => ajv.getSchema(META_SCHEMA)!)
