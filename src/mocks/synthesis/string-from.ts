import { isJsonObject } from '../../protocol/index.ts'
import { detectLanguage } from '../words/language.ts'
import { DIGITS } from '../words/numerals.ts'
import { FORMATS } from './formats.ts'
import { hintsOf } from './hints-of.ts'
import { isInFormat } from './held-formats.ts'
import { type Length, matchOf, patternTest } from './match-of.ts'
import { isPlace, placeFor } from './place-for.ts'
import { rulesOut } from './rules-out.ts'
import { saidInFormat } from './said-in-format.ts'
import { spliced } from './spliced.ts'
import {
  type Facts,
  failuresAt,
  isNumber,
  isString,
  placeOf,
  type SynthesisState,
  valuesOf,
} from './synthesis-state.ts'
import { UnmetSchemaError } from './unmet-schema-error.ts'

/** How often a string is drawn for a pattern: some match only what is lucky. */
const MAX_DRAWS = 32

/** Characters of what the caller said that are read as soon as a part of a schema is. */
const READ_PER_PART = 100

type Patterns = readonly { readonly pattern: string; readonly at: string }[]

interface Rules {
  readonly least: number
  readonly most: number
  readonly holds: (text: string) => boolean
}

/**
 * Makes a string: by its format, by what its name asks for, else by an example; where these do not
 * match its patterns, by those.
 */
export function stringFrom(facts: Facts, state: SynthesisState): string {
  const { budget, at: top } = state
  const patterns = facts.flatMap(({ schema, at }) =>
    isString(schema['pattern'] ?? null)
      ? [{ pattern: schema['pattern'] as string, at: `${at}.pattern` }]
      : [],
  )
  const least = Math.max(0, ...valuesOf(facts, 'minLength', isNumber))
  const most = Math.min(Infinity, ...valuesOf(facts, 'maxLength', isNumber))
  budget.afford('characters', least, placeOf(facts, 'minLength', top))
  const formats = [...new Set(valuesOf(facts, 'format', isString))].filter((each) =>
    FORMATS.has(each),
  )
  const tests = patterns.map(({ pattern, at }) => {
    try {
      return patternTest(pattern, { budget, at }, least)
    } catch (error) {
      // The pattern of a format says what that says, as those of zod do.
      if (error instanceof UnmetSchemaError && formats.length > 0) return () => true
      throw error
    }
  })
  const forbidden = facts.flatMap(({ schema: { not }, at }) =>
    isJsonObject(not) && isString(not['pattern'] ?? null)
      ? [patternTest(not['pattern'] as string, { budget, at: `${at}.not.pattern` })]
      : [],
  )
  const rules = {
    least,
    most,
    holds: (text: string) =>
      formats.every((format) => isInFormat(text, format)) &&
      tests.every((test) => test(text)) &&
      !forbidden.some((test) => test(text)) &&
      !rulesOut(facts, text),
  }
  const text =
    formats.length > 0 ? inFormat(formats, patterns, rules, state) : plain(facts, rules, state)
  const made =
    text ?? matching(patterns, rules, state) ?? (formats.length > 0 ? undefined : odd(rules, state))
  if (made === undefined) {
    const keyword = ['pattern', 'format', 'maxLength', 'not'].find((each) =>
      facts.some(({ schema }) => schema[each] !== undefined),
    )
    throw new UnmetSchemaError(
      keyword ? placeOf(facts, keyword, top) : top,
      'leaves no string that is found here',
    )
  }
  budget.spend('characters', made.length, top)
  return made
}

function inFormat(
  names: readonly string[],
  patterns: Patterns,
  rules: Rules,
  state: SynthesisState,
): string | undefined {
  const { faker, budget, at, said, name: member } = state
  budget.spend('parts', Math.ceil(said.length / READ_PER_PART), at)
  const formats = names.map((name) => FORMATS.get(name)!)
  const isFit = (text: string) => isBetween(text, rules) && rules.holds(text)
  for (const name of isAnother(state) ? [] : names) {
    const text = saidInFormat(said, name, member)
    if (text !== undefined && isFit(text)) return text
  }
  for (const { usual, grow } of isAnother(state) ? [] : formats) {
    for (const sample of usual(faker)) {
      const text = grow ? grow(sample, rules.least) : sample
      if (isFit(text)) return text
    }
  }
  for (let draws = 0; draws < MAX_DRAWS; draws++) {
    for (const { any, grow } of formats) {
      const sample = any(faker)
      const text = grow ? grow(sample, rules.least) : sample
      if (isFit(text)) return text
      for (const part of drawn(patterns, { least: 0, isShortest: draws % 2 === 0 }, state)) {
        budget.spend('parts', sample.length, at)
        for (const each of spliced(sample, part)) if (isFit(each)) return each
      }
    }
  }
  return undefined
}

function plain(facts: Facts, rules: Rules, state: SynthesisState): string | undefined {
  const natural = isAnother(state) ? [another(state)] : [...byName(facts, state)]
  const hints = isAnother(state) ? [] : hintsOf(facts, isString)
  for (const text of [...natural.slice(0, -1), ...hints, ...natural.slice(-1)]) {
    const fitting = fit(text, rules)
    if (rules.holds(fitting)) return fitting
  }
  return undefined
}

function isAnother(state: SynthesisState): boolean {
  return state.spread !== undefined || failuresAt(state) > 0
}

function another({ faker, spread = 0 }: SynthesisState): string {
  const noun = faker.word.noun()
  return spread > 100 ? `${noun}${faker.number.int({ max: spread })}` : noun
}

/** What the name and the description ask for, the most telling first; a word comes last. */
function* byName(facts: Facts, state: SynthesisState): Generator<string> {
  const { name, said, faker, budget, at } = state
  const descriptions = valuesOf(facts, 'description', isString)
  const about = [name, ...descriptions].join(' ')
  budget.spend('parts', Math.ceil(said.length / READ_PER_PART), at)
  if (/dtmf|tones/i.test(name)) yield keypadDigits(said)
  if (/reason/i.test(name)) yield said ? `The caller said: ${said}` : 'The caller did not speak.'
  if (/message/i.test(name)) yield speech(name, faker.person.firstName())
  if (/language/i.test(name)) yield detectLanguage(said)
  const place = placeFor(name, state)
  if (place !== undefined) yield place
  else if (isPlace(name))
    yield /country/i.test(name) ? faker.location.country() : faker.location.city()
  if (/query|search|question|keyword/i.test(name) && said) yield said
  if (/phone|number/i.test(name) && /transfer|phone/i.test(about)) {
    yield state.phoneNumber() ?? '+15555550100'
  }
  const date = /date|day/i.test(about) ? saidInFormat(said, 'date', name) : undefined
  if (date !== undefined) yield date
  if (/date|day/i.test(about)) yield faker.date.soon().toISOString().slice(0, 10)
  if (/email/i.test(name)) yield saidInFormat(said, 'email', name) ?? faker.internet.exampleEmail()
  if (/name/i.test(name)) yield faker.person.firstName()
  const identifier = state.identifiers[state.ordinal]
  if (identifier !== undefined) yield identifier
  yield faker.word.noun()
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

/** Draws what patterns ask for, longer or shorter as it has to be, until it keeps all rules. */
function matching(patterns: Patterns, rules: Rules, state: SynthesisState): string | undefined {
  if (patterns.length === 0) return undefined
  const { least } = rules
  for (let draws = 0; draws < MAX_DRAWS; draws++) {
    const length = { least: draws % 4 === 0 ? 0 : least, isShortest: draws % 4 === 3 }
    const parts = drawn(patterns, length, state)
    const whole = parts.join('')
    for (const text of [...parts, whole, parts.toReversed().join('')]) {
      for (const fitting of [
        ...(isAnother(state) ? [text + another(state), another(state) + text] : []),
        text,
        text.padEnd(least, 'a'),
        text.padStart(least, 'a'),
        fit(text, rules, Array.from(text).at(-1)),
      ]) {
        if (isBetween(fitting, rules) && rules.holds(fitting)) return fitting
      }
    }
  }
  return undefined
}

/** What no word is like, for rules that words break. */
const ODD = ['[a-z]', '[0-9]', '[bcdfghjklmnpqrstvwxz]', '[A-Z]', '[ -~]', '[à-ÿ]', '[а-я]']

function odd(rules: Rules, state: SynthesisState): string | undefined {
  for (const each of ODD) {
    const text = fit(matchOf(`${each}{6}`, { least: 0, isShortest: false }, state) ?? '', rules)
    if (rules.holds(text)) return text
  }
  return undefined
}

function drawn(patterns: Patterns, length: Length, state: SynthesisState): string[] {
  return patterns.flatMap(({ pattern, at }) => matchOf(pattern, length, { ...state, at }) ?? [])
}

function isBetween(text: string, { least, most }: Rules): boolean {
  const length = lengthOf(text)
  return length >= least && length <= most
}

/** JSON Schema counts characters, not units of UTF-16. */
function lengthOf(text: string): number {
  return /[\uD800-\uDFFF]/.test(text) ? Array.from(text).length : text.length
}

function fit(text: string, { least, most }: Rules, filler = 'a'): string {
  const length = lengthOf(text)
  if (length <= most) return text + filler.repeat(Math.max(0, least - length))
  return length === text.length ? text.slice(0, most) : Array.from(text).slice(0, most).join('')
}
