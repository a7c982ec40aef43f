import type { JsonObject } from '../protocol/index.ts'
import { detectLanguage } from './language.ts'
import type { SynthesisState } from './synthesize.ts'

const DIGITS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']

/** Makes a string for a schema: by its pattern or format, else by what its name asks for. */
export function synthesizeString(schema: JsonObject, state: SynthesisState): string {
  const { pattern, format } = schema
  if (typeof pattern === 'string') return state.faker.helpers.fromRegExp(asPlainPattern(pattern))
  const value =
    typeof format === 'string' && format in FORMATS
      ? FORMATS[format]!(state)
      : byName(schema, state)
  return fit(value, schema)
}

const FORMATS: Record<string, (state: SynthesisState) => string> = {
  date: ({ faker }) => faker.date.soon().toISOString().slice(0, 10),
  'date-time': ({ faker }) => faker.date.soon().toISOString(),
  time: ({ faker }) => faker.date.soon().toISOString().slice(11, 19),
  email: ({ faker }) => faker.internet.exampleEmail(),
  uri: ({ faker }) => `https://example.com/${faker.word.noun()}`,
  uuid: ({ faker }) => faker.string.uuid(),
}

function byName(schema: JsonObject, state: SynthesisState): string {
  const { name, said, faker, hints } = state
  const { description } = schema
  const about = typeof description === 'string' ? `${name} ${description}` : name
  if (/dtmf|tones/i.test(name)) return keypadDigits(said)
  if (/reason/i.test(name)) return said ? `The caller said: ${said}` : 'The caller did not speak.'
  if (/message/i.test(name)) return speech(name, faker.person.firstName())
  if (/language/i.test(name)) return detectLanguage(said)
  if (/phone|number/i.test(name) && /transfer|phone/i.test(about)) {
    return /\+\d{7,15}/.exec(hints)?.[0] ?? '+15555550100'
  }
  if (/date|day/i.test(about)) return FORMATS['date']!(state)
  if (/email/i.test(name)) return FORMATS['email']!(state)
  if (/name/i.test(name)) return faker.person.firstName()
  return identifiers(said)[state.ordinal] ?? faker.word.noun()
}

/** Things with digits in them that a caller would spell: order numbers, booking codes. */
export function identifiers(said: string): string[] {
  return said.match(/\b(?=\w*\d)[A-Z0-9][A-Z0-9-]{2,}\b/g) ?? []
}

function speech(name: string, agent: string): string {
  if (/agent/i.test(name)) return `The caller asks for help from ${agent}.`
  if (/client/i.test(name)) return 'I am connecting you now, please stay on the line.'
  return 'Thank you for calling, and have a lovely day.'
}

function keypadDigits(said: string): string {
  const spoken = said.toLowerCase().match(/\d|star|pound|[a-z]+/g) ?? []
  const keys = spoken.flatMap((word) => {
    if (/^\d$/.test(word)) return word
    if (word === 'star') return '*'
    if (word === 'pound') return '#'
    const digit = DIGITS.indexOf(word)
    return digit < 0 ? [] : String(digit)
  })
  return keys.join('') || '1'
}

function fit(value: string, { minLength, maxLength }: JsonObject): string {
  const padded = typeof minLength === 'number' ? value.padEnd(minLength, 'a') : value
  return typeof maxLength === 'number' ? padded.slice(0, maxLength) : padded
}

/** faker draws from a subset of regular expressions that has neither anchors nor groups that name themselves. */
function asPlainPattern(pattern: string): string {
  return pattern.replace(/^\^/, '').replace(/\$$/, '').replaceAll('(?:', '(')
}
