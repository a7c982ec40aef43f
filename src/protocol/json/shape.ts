import type { FromSchema, JSONSchema } from 'json-schema-to-ts'

/**
 * The type a JSON Schema describes, with its named members only.
 *
 * Our schemas leave objects open, since others may add members; our code must not rely on those.
 */
export type Shape<Schema extends JSONSchema> = Named<FromSchema<Schema>>

type Named<T> = T extends readonly (infer Item)[]
  ? number extends T['length']
    ? Named<Item>[]
    : T
  : T extends object
    ? string extends keyof T
      ? NamedMembers<T>
      : { [Key in keyof T]: Named<T[Key]> }
    : T

type NamedMembers<T> = keyof Known<T> extends never
  ? T
  : { [Key in keyof Known<T>]: Named<Known<T>[Key]> }

type Known<T> = { [Key in keyof T as string extends Key ? never : Key]: T[Key] }
