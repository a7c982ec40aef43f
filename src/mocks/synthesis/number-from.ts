import { UnmetSchemaError } from './unmet-schema-error.ts'
import { hintsOf } from './hints-of.ts'
import { rulesOut } from './rules-out.ts'
import {
  type Facts,
  failuresAt,
  isNumber,
  placeOf,
  spreadOf,
  type SynthesisState,
  valuesOf,
} from './synthesis-state.ts'

/** From how many the value is drawn where nothing else is asked for. */
const CHOICES = 10
/** And where none of these will do. */
const MORE_CHOICES = [1_000, 1_000_000]
const MAX_DRAWS = 32
const ROUNDING = 1e-9
/** Steps of numbers that may have any, the plainest first. */
const STEPS = [0.5, 0.1, 0.01, 1e-3, 1e-4, 1e-6, 1e-9, 1e-12]

/** Makes a number within all bounds: small, positive and short to say, where it may be. */
export function numberFrom(facts: Facts, type: string, state: SynthesisState): number {
  const range = rangeOf(facts)
  const factors = valuesOf(facts, 'multipleOf', isNumber)
  const isWhole = type === 'integer' || facts.some(({ schema }) => schema['type'] === 'integer')
  const fits = (value: number, isMultiple = isExactMultiple) =>
    isWithin(value, range) &&
    (!isWhole || Number.isInteger(value)) &&
    factors.every((factor) => isMultiple(value, factor)) &&
    !rulesOut(facts, value)

  if (failuresAt(state) === 0 && state.spread === undefined) {
    const hint = hintsOf(facts, isNumber).find((each) => fits(each))
    if (hint !== undefined) return hint
    const said = numberSaid(state)
    if (said !== undefined && fits(said)) return said
  }
  const steps =
    factors.length > 0 || isWhole
      ? [commonMultiple(isWhole ? [1, ...factors] : factors)]
      : stepsFor(range, spreadOf(state))
  for (const choices of [Math.max(CHOICES, spreadOf(state)), ...MORE_CHOICES]) {
    for (const isMultiple of [isExactMultiple, isNearlyMultiple]) {
      for (const step of steps) {
        const draw = { fits: (value: number) => fits(value, isMultiple), choices, state }
        const found = multipleWithin(step, range, draw)
        if (found !== undefined) return found
      }
    }
  }
  const ends = [range.low, range.high, (range.low + range.high) / 2].find(
    (value) => Number.isFinite(value) && fits(value),
  )
  if (ends !== undefined) return ends
  const keyword = ['multipleOf', 'minimum', 'exclusiveMinimum', 'maximum', 'exclusiveMaximum'].find(
    (each) => valuesOf(facts, each, isNumber).length > 0,
  )
  const at = keyword ? placeOf(facts, keyword, state.at) : state.at
  throw new UnmetSchemaError(at, 'leaves no number that is found here')
}

/** What the caller named, where the member is a number by which something is known. */
function numberSaid({ name, identifiers, ordinal }: SynthesisState): number | undefined {
  const identifier = identifiers[ordinal] ?? ''
  if (!/(?:^|_)(?:id|number|no|code)$|(?:Id|Number|Code)$/.test(name)) return undefined
  return /^\d{1,15}$/.test(identifier) ? Number(identifier) : undefined
}

/** To all validators; to some, 0.3 is no multiple of 0.1. */
const isExactMultiple = (value: number, factor: number) => Number.isInteger(value / factor)

const isNearlyMultiple = (value: number, factor: number) =>
  Math.abs(value / factor - Math.round(value / factor)) < ROUNDING

interface Range {
  readonly low: number
  readonly high: number
  readonly above: number
  readonly below: number
}

function rangeOf(facts: Facts): Range {
  const above = Math.max(-Infinity, ...valuesOf(facts, 'exclusiveMinimum', isNumber))
  const below = Math.min(Infinity, ...valuesOf(facts, 'exclusiveMaximum', isNumber))
  const low = Math.max(above, ...valuesOf(facts, 'minimum', isNumber))
  const high = Math.min(below, ...valuesOf(facts, 'maximum', isNumber))
  return { low, high, above, below }
}

function isWithin(value: number, { low, high, above, below }: Range): boolean {
  return (
    value >= low &&
    value <= high &&
    (value > above || above === -Infinity) &&
    (value < below || below === Infinity)
  )
}

/** The plainest that leave room for so many numbers first, else the finest. */
function stepsFor({ low, high }: Range, spread: number): readonly number[] {
  const first = STEPS.findIndex((step) => (high - low) / step >= spread)
  return first < 0 ? STEPS.toReversed() : [...STEPS.slice(first), ...STEPS.slice(0, first)]
}

interface Draw {
  readonly fits: (value: number) => boolean
  readonly choices: number
  readonly state: SynthesisState
}

function multipleWithin(
  step: number,
  range: Range,
  { fits, choices, state }: Draw,
): number | undefined {
  const { faker } = state
  const spread = spreadOf(state)
  const first = Math.ceil(range.low / step - ROUNDING)
  const last = Math.floor(range.high / step + ROUNDING)
  if (!(first <= last)) return undefined
  const from = first > 0 ? first : Math.min(last, 1)
  // Below zero, it is counted from the end that is nearest to it.
  const [min, max] =
    from > 0
      ? [from, Math.min(last, from + choices - 1)]
      : [Math.max(first, last - choices + 1), last]
  // Floating point tells these no longer apart.
  if (!Number.isSafeInteger(min) || !Number.isSafeInteger(max)) return undefined
  const start = spread > max - min && first < min ? Math.max(first, min - spread) : min
  for (let draws = 0; draws < MAX_DRAWS; draws++) {
    const value = multiple(faker.number.int({ min: start, max }), step)
    if (fits(value)) return value
  }
  for (let factor = start; factor <= Math.min(max, start + MAX_DRAWS); factor++) {
    const value = multiple(factor, step)
    if (fits(value)) return value
  }
  return undefined
}

/** The number that is nearest to what is meant: 3 times 0.1 is 0.3. */
function multiple(factor: number, step: number): number {
  const scale = scaleOf(step)
  const value = (factor * Math.round(step * scale)) / scale
  return Number.isFinite(value) ? value : factor * step
}

/** By which power of ten a number becomes whole. */
function scaleOf(number: number): number {
  let scale = 1
  const isWhole = (value: number) =>
    Math.round(value) !== 0 && Math.abs(value - Math.round(value)) <= ROUNDING
  while (scale < 1e15 && !isWhole(number * scale)) scale *= 10
  return scale
}

function commonMultiple(factors: readonly number[]): number {
  const scale = Math.max(...factors.map(scaleOf))
  return factors.map((factor) => Math.round(factor * scale)).reduce(leastCommonMultiple) / scale
}

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b]
  while (y !== 0) [x, y] = [y, x % y]
  return x === 0 ? a : (a / x) * b
}
