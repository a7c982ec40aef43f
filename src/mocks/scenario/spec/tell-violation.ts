import { isJsonObject, type OwnViolation } from '../../../protocol/index.ts'
import { clip, listed } from '../../../wire/index.ts'

const MAX_SHOWN = 80
const WORDS = {
  string: 'a string',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
}

/** Says what is expected of a value in the words of the schema, and what it is. */
export function tellViolation({ path, message, schemaPath, schema, value }: OwnViolation): string {
  const keyword = schemaPath.slice(schemaPath.lastIndexOf('/') + 1)
  if (keyword === 'type') {
    const types = [schema['type']].flat() as (keyof typeof WORDS)[]
    const wanted =
      schema['errorMessage'] ?? `must be ${types.map((type) => WORDS[type]).join(' or ')}`
    const mayBeText = types.includes('string') && ['number', 'boolean'].includes(typeof value)
    const advice = mayBeText ? '; put it in quotes, if it is text' : ''
    return `${wanted as string}, and is ${seen(value, path)}${advice}`
  }
  const members = schema['properties']
  if (keyword !== 'additionalProperties' || !isJsonObject(members)) return message
  return `${message}; there are ${listed(Object.keys(members))}`
}

function seen(value: unknown, path: string): string {
  if (value === null) return 'empty'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  // These hold secrets.
  const isShown = !/\/(?:headers?|elevenlabs_extra_body)(?:\/|$)/.test(path)
  if (typeof value === 'string') return isShown ? JSON.stringify(clip(value, MAX_SHOWN)) : 'text'
  const isPlain = typeof value === 'number' || typeof value === 'boolean'
  return isPlain && isShown ? String(value) : `a ${typeof value}`
}
