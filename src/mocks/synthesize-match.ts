import RandExp from 'randexp'
import { type LinearRegex, linearRegex, RegexTooLargeError } from '../protocol/index.ts'
import { BudgetError } from './budget.ts'
import type { SynthesisState } from './synthesize.ts'

/** No honest schema has longer patterns, or larger ones. */
const MAX_PATTERN = 2_000
const MAX_SIZE = 1_000
/** How much more than the least is made where a pattern has no limit, and where it has one. */
const MAX_EXTRA = 8
const MAX_EXTRA_IN_RANGE = 64
/** After so many draws, everything is kept to its least. */
const MAX_DRAWS = 1_000

/**
 * Makes a string that matches a pattern; gives `undefined` for one beyond what the generator knows.
 *
 * @throws BudgetError for a pattern that is too large, or asks for too much.
 */
export function synthesizeMatch(
  pattern: string,
  { faker, budget, at }: SynthesisState,
): string | undefined {
  if (pattern.length > MAX_PATTERN) throw new BudgetError('parts', at)
  const short = shorten(pattern)
  const regex = compile(short, at)
  if (regex === undefined) return undefined
  let draws = 0
  const text = generate(short, (min, max) =>
    ++draws > MAX_DRAWS ? min : faker.number.int({ min, max }),
  )
  if (text === undefined) return undefined
  budget.spend('characters', text.length, at)
  budget.spend('parts', regex.size, at)
  return regex.test(text, (steps) => budget.spend('steps', steps, at)) ? text : undefined
}

/** Makes ranges such as `{1,4000}` smaller: what matches is short, and matches the pattern too. */
function shorten(pattern: string): string {
  // There, less would mean more.
  if (/\(\?<?!/.test(pattern)) return pattern
  return pattern.replaceAll(
    /\\[^]|\[(?:\\[^]|[^\]\\])*\]|\{(\d+),(\d+)\}/g,
    (whole: string, least?: string, most?: string) =>
      least === undefined
        ? whole
        : `{${least},${Math.min(Number(most), Number(least) + MAX_EXTRA_IN_RANGE)}}`,
  )
}

function compile(pattern: string, at: string): LinearRegex | undefined {
  try {
    const regex = linearRegex(pattern, 'u')
    if (regex.size <= MAX_SIZE) return regex
  } catch (error) {
    if (!(error instanceof RegexTooLargeError)) return undefined
  }
  throw new BudgetError('parts', at)
}

function generate(pattern: string, draw: (min: number, max: number) => number): string | undefined {
  try {
    const generator = new RandExp(pattern)
    generator.max = MAX_EXTRA
    generator.randInt = draw
    return generator.gen()
  } catch {
    return undefined
  }
}
