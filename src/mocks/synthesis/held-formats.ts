import { default as addFormats } from 'ajv-formats'
import type { Formats } from '../../protocol/index.ts'

const NAMES = [
  'date',
  'time',
  'date-time',
  'iso-time',
  'iso-date-time',
  'duration',
  'uri',
  'uri-reference',
  'uri-template',
  'url',
  'email',
  'hostname',
  'ipv4',
  'ipv6',
  'regex',
  'uuid',
  'json-pointer',
  'json-pointer-uri-fragment',
  'relative-json-pointer',
  'byte',
  'int32',
  'int64',
] as const

const all: Formats = Object.fromEntries(NAMES.map((name) => [name, addFormats.default.get(name)]))
const url = all['url'] as RegExp
/** For each colon, that expression reads the rest anew. */
const MAX_COLONS = 4

/** Formats that made up values are held against, as validators that know formats do. */
export const HELD_FORMATS: Formats = {
  ...all,
  url: (text: string) => text.split(':').length <= MAX_COLONS + 1 && url.test(text),
}

/** Whether a text is in a format, as far as that is held against anything. */
export function isInFormat(text: string, name: string): boolean {
  const format = HELD_FORMATS[name]
  if (format instanceof RegExp) return format.test(text)
  if (typeof format === 'function') return format(text)
  if (typeof format !== 'object' || format.type === 'number') return true
  const { validate } = format
  return validate instanceof RegExp
    ? validate.test(text)
    : Boolean((validate as (text: string) => unknown)(text))
}
