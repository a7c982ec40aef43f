import { RE2JS } from 're2js'
import { type MeteredRegex, meteredRegex, type Spend } from './metered-regex.ts'
import { regexSize } from './regex-size.ts'
import { splitCounts } from './split-counts.ts'
import { splitLookaheads } from './split-lookaheads.ts'
import { toRe2 } from './to-re2.ts'

/** An expression that takes time in proportion to the text, whatever the text. */
export interface LinearRegex {
  /** Characters and classes, counts included: what a character of the text may cost at most. */
  readonly size: number
  /** Tells `spend` what it costs. */
  readonly test: (text: string, spend?: Spend) => boolean
  /** The groups of the first match, the whole match first; `undefined` where a group has no part. */
  readonly exec: (text: string, spend?: Spend) => readonly (string | undefined)[] | undefined
}

const FREE: Spend = () => {}

/** An expression that JavaScript knows, and that cannot be run in linear time; the message says why. */
export class NotLinearError extends Error {
  override readonly name: string = 'NotLinearError'
}

/** One that would take too long to compile. */
export class RegexTooLargeError extends NotLinearError {
  override readonly name = 'RegexTooLargeError'

  constructor(options?: ErrorOptions) {
    super('is too large: counts, multiplied where they are nested, may come to 1,000', options)
  }
}

/**
 * Compiles an expression of JavaScript for an engine that never backtracks.
 *
 * It means what it means to JavaScript, apart from `m`, to which only `\n` ends a line, and from
 * characters beyond U+FFFF, which count as one with or without `u`.
 *
 * @throws SyntaxError for what is no expression; NotLinearError for what needs backtracking, such as
 * a backreference, or is too large.
 */
export function linearRegex(source: string, flags = ''): LinearRegex {
  // It compiles nothing yet, and its errors are those that authors know.
  void new RegExp(source, flags)
  if (flags.includes('v') && /\[[^\]]*(?:\[|--|&&)/.test(source)) {
    throw new NotLinearError('has sets within sets of characters')
  }
  const size = source.length > MAX_LENGTH ? Infinity : regexSize(source)
  if (size > MAX_SIZE) throw new RegexTooLargeError()
  const { conditions, rest } = splitLookaheads(source, flags)
  const main = compile(rest, flags)
  const test: LinearRegex['test'] = (text, spend = FREE) => main.test(text, spend)
  const exec: LinearRegex['exec'] = (text, spend = FREE) => main.exec(text, spend)
  if (conditions.length === 0) return { size, test, exec }
  const all = conditions.map(({ holds, inner }) => ({
    holds,
    regex: compile(`^(?:${inner})`, flags),
  }))
  const mayMatch = (text: string, spend: Spend) =>
    all.every(({ holds, regex }) => regex.test(text, spend) === holds)
  return {
    size,
    test: (text, spend = FREE) => mayMatch(text, spend) && test(text, spend),
    exec: (text, spend = FREE) => (mayMatch(text, spend) ? exec(text, spend) : undefined),
  }
}

/** Larger ones take longer to compile than anybody should wait. */
const MAX_SIZE = 20_000
const MAX_LENGTH = 100_000

const FLAGS = [
  ['i', RE2JS.CASE_INSENSITIVE],
  ['m', RE2JS.MULTILINE],
  ['s', RE2JS.DOTALL],
] as const

function compile(source: string, flags: string): MeteredRegex {
  const options = FLAGS.reduce(
    (sum, [flag, option]) => (flags.includes(flag) ? sum | option : sum),
    RE2JS.LOOKBEHINDS,
  )
  try {
    const translated = RE2JS.translateRegExp(splitCounts(toRe2(source, flags)))
    return meteredRegex(RE2JS.compile(translated, options))
  } catch (error) {
    throw notLinear(error as Error)
  }
}

/** In the words of JavaScript. */
function notLinear(cause: Error): NotLinearError {
  const { message } = cause
  if (/repeat count|too deeply|too large/.test(message)) return new RegexTooLargeError({ cause })
  return new NotLinearError(reasonOf(message), { cause })
}

function reasonOf(message: string): string {
  if (/Perl syntax: `\(\?[=!]/.test(message)) return 'looks ahead elsewhere than right behind "^"'
  if (/lookbehind|Perl syntax: `\(\?</.test(message)) return 'captures within a lookbehind'
  if (/escape sequence: `\\[1-9k]/.test(message)) return 'refers back to a group'
  return `cannot be read (${message})`
}
