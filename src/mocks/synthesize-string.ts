import type { JsonObject } from '../protocol/index.ts'
import { detectLanguage } from './language.ts'
import { DIGITS } from './numerals.ts'
import { synthesizeMatch } from './synthesize-match.ts'
import type { SynthesisState } from './synthesize.ts'

/** Makes a string for a schema: by its pattern or format, else by what its name asks for. */
export function synthesizeString(schema: JsonObject, state: SynthesisState): string {
  const { pattern, format } = schema
  if (typeof pattern === 'string') {
    const matching = synthesizeMatch(pattern, { ...state, at: `${state.at}.pattern` })
    if (matching !== undefined) return matching
  }
  const byFormat = typeof format === 'string' ? FORMATS.get(format) : undefined
  return fit(byFormat ? byFormat(state) : byName(schema, state), schema, state)
}

const FORMATS = new Map<string, (state: SynthesisState) => string>([
  ['date', date],
  ['date-time', ({ faker }) => faker.date.soon().toISOString()],
  ['time', ({ faker }) => faker.date.soon().toISOString().slice(11, 19)],
  ['email', email],
  ['uri', ({ faker }) => `https://example.com/${faker.word.noun()}`],
  ['uuid', ({ faker }) => faker.string.uuid()],
])

function date({ faker }: SynthesisState): string {
  return faker.date.soon().toISOString().slice(0, 10)
}

function email({ faker }: SynthesisState): string {
  return faker.internet.exampleEmail()
}

function byName(schema: JsonObject, state: SynthesisState): string {
  const { name, said, faker, budget, at } = state
  const { description } = schema
  const about = typeof description === 'string' ? `${name} ${description}` : name
  if (/dtmf|tones|language/i.test(name)) budget.spend('parts', said.length, at)
  if (/dtmf|tones/i.test(name)) return keypadDigits(said)
  if (/reason/i.test(name)) return said ? `The caller said: ${said}` : 'The caller did not speak.'
  if (/message/i.test(name)) return speech(name, faker.person.firstName())
  if (/language/i.test(name)) return detectLanguage(said)
  if (/phone|number/i.test(name) && /transfer|phone/i.test(about)) {
    return state.phoneNumber() ?? '+15555550100'
  }
  if (/date|day/i.test(about)) return date(state)
  if (/email/i.test(name)) return email(state)
  if (/name/i.test(name)) return faker.person.firstName()
  return state.identifiers[state.ordinal] ?? faker.word.noun()
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

function fit(
  value: string,
  { minLength, maxLength }: JsonObject,
  { budget, at }: SynthesisState,
): string {
  const least = typeof minLength === 'number' ? minLength : 0
  const most = typeof maxLength === 'number' ? maxLength : Infinity
  budget.afford('characters', least, `${at}.minLength`)
  const fitting = value.padEnd(least, 'a').slice(0, most)
  budget.spend('characters', fitting.length, at)
  return fitting
}
