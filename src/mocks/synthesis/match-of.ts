import RandExp from 'randexp'
import {
  type LinearRegex,
  linearRegex,
  NotLinearError,
  RegexTooLargeError,
} from '../../protocol/index.ts'
import { BudgetError } from '../effort/budget.ts'
import { drawable } from './drawable.ts'
import type { SynthesisState } from './synthesis-state.ts'
import { UnmetSchemaError } from './unmet-schema-error.ts'

/** No honest schema has longer patterns, or larger ones. */
const MAX_PATTERN = 2_000
const MAX_SIZE = 1_000
/** How much more than the least is made where a pattern has no limit, and where it has one. */
const MAX_EXTRA = 8
const MAX_EXTRA_IN_RANGE = 64
/** After so many draws, everything is kept to its least. */
const MAX_DRAWS = 1_000

/** What may be needed of a pattern, beside that it is matched. */
export interface Length {
  /** Characters that are wanted at least; whether there are so many is for the caller to see. */
  readonly least: number
  /** Whether everything is to be as short as it can be. */
  readonly isShortest: boolean
}

/**
 * Draws a string that is meant to match a pattern; gives `undefined` for one beyond what the
 * generator knows.
 *
 * @throws BudgetError for a pattern that is too large, or asks for too much.
 */
export function matchOf(
  pattern: string,
  { least, isShortest }: Length,
  { faker, budget, at }: Pick<SynthesisState, 'faker' | 'budget' | 'at'>,
): string | undefined {
  if (pattern.length > MAX_PATTERN) throw new BudgetError('parts', at)
  const short = shorten(pattern, least)
  // A large count would be large work.
  compile(short, at)
  let draws = 0
  const text = generate(short, Math.max(MAX_EXTRA, least), (min, max) => {
    if (isShortest || ++draws > MAX_DRAWS) return min
    return faker.number.int({ min, max })
  })
  if (text !== undefined) budget.spend('characters', text.length, at)
  return text
}

/**
 * Makes the test of a pattern, for texts that are not much longer than they have to be.
 *
 * @throws BudgetError for a pattern that is too large; UnmetSchemaError for one that cannot be tested.
 */
export function patternTest(
  pattern: string,
  { budget, at }: Pick<SynthesisState, 'budget' | 'at'>,
  least = 0,
): (text: string) => boolean {
  if (pattern.length > MAX_PATTERN) throw new BudgetError('parts', at)
  const regex = compile(shorten(pattern, least), at)
  return (text) => {
    budget.spend('parts', regex.size, at)
    return regex.test(text, (steps) => budget.spend('steps', steps, at))
  }
}

const known = new Map<string, LinearRegex | NotLinearError>()
const MAX_KNOWN = 256

function compile(pattern: string, at: string): LinearRegex {
  let regex = known.get(pattern)
  if (!regex) {
    regex = compiled(pattern, at)
    if (known.size >= MAX_KNOWN) known.clear()
    known.set(pattern, regex)
  }
  if (regex instanceof RegexTooLargeError) throw new BudgetError('parts', at)
  if (!(regex instanceof NotLinearError)) {
    if (regex.size > MAX_SIZE) throw new BudgetError('parts', at)
    return regex
  }
  throw new UnmetSchemaError(at, regex.message)
}

function compiled(pattern: string, at: string): LinearRegex | NotLinearError {
  try {
    return linearRegex(pattern, 'u')
  } catch (error) {
    if (error instanceof NotLinearError) return narrowed(pattern) ?? error
    throw new UnmetSchemaError(at, 'is not a regular expression that JavaScript knows')
  }
}

/** Of a property that RE2 does not know, those characters will do which are drawn from. */
function narrowed(pattern: string): LinearRegex | undefined {
  if (!/\\p\{/.test(pattern) || /\\P\{|\[\^[^\]]*\\p|\(\?<?!/.test(pattern)) return undefined
  try {
    return linearRegex(drawable(pattern).source, 'u')
  } catch {
    return undefined
  }
}

/** Makes ranges such as `{1,4000}` smaller: what matches is short, and matches the pattern too. */
function shorten(pattern: string, least: number): string {
  // There, less would mean more.
  if (/\(\?<?!/.test(pattern)) return pattern
  const extra = Math.max(MAX_EXTRA_IN_RANGE, least)
  return pattern.replaceAll(
    /\\[^]|\[(?:\\[^]|[^\]\\])*\]|\{(\d+),(\d+)\}/g,
    (whole: string, from?: string, to?: string) =>
      from === undefined ? whole : `{${from},${Math.min(Number(to), Number(from) + extra)}}`,
  )
}

function generate(
  pattern: string,
  extra: number,
  draw: (min: number, max: number) => number,
): string | undefined {
  try {
    const generator = generatorOf(pattern)
    generator.max = extra
    generator.randInt = draw
    return generator.gen()
  } catch {
    return undefined
  }
}

const generators = new Map<string, RandExp>()

function generatorOf(pattern: string): RandExp {
  let generator = generators.get(pattern)
  if (!generator) {
    const { source, ranges } = drawable(pattern)
    generator = new RandExp(source)
    for (const [first, last] of ranges) generator.defaultRange.add(first, last)
    // Halves of pairs, and what ends a line: none is a character that is meant.
    generator.defaultRange.subtract(0xd800, 0xdfff).subtract(0x2028, 0x2029)
    if (generators.size >= MAX_KNOWN) generators.clear()
    generators.set(pattern, generator)
  }
  return generator
}
