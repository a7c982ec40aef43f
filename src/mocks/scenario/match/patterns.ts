import { linearRegex, NotLinearError, type Spend } from '../../../protocol/index.ts'
import { ScenarioError } from '../../scenario-error.ts'
import type { NamePattern, RegexJson, TextPattern } from '../spec/scenario.ts'

/** A pattern, compiled. */
export interface Pattern {
  matches(text: string, spend?: Spend): boolean
  /** The groups of the expression, the whole match first; empty for a string. */
  groups(text: string, spend?: Spend): readonly string[]
  readonly isExpression: boolean
  /** What a text must contain to match, as far as that is known; else empty. */
  readonly contained: string
  /** As messages show it. */
  readonly shown: string
}

/**
 * Compiles a pattern whose string must be contained.
 *
 * @throws SyntaxError, or ScenarioError, for an expression that cannot be used.
 */
export function textPattern(pattern: TextPattern): Pattern {
  if (typeof pattern !== 'string') return expression(pattern)
  return {
    matches: (text) => text.includes(pattern),
    groups: () => [],
    isExpression: false,
    contained: pattern,
    shown: JSON.stringify(pattern),
  }
}

/**
 * Compiles a pattern whose string must be the whole name.
 *
 * @throws SyntaxError, or ScenarioError, for an expression that cannot be used.
 */
export function namePattern(pattern: NamePattern): Pattern {
  if (typeof pattern !== 'string') return expression(pattern)
  return {
    matches: (text) => text === pattern,
    groups: () => [],
    isExpression: false,
    contained: pattern,
    shown: JSON.stringify(pattern),
  }
}

/**
 * What is data runs in linear time: who may add a scenario should not be able to hang the mock, nor
 * whoever talks to it. A `RegExp` is code, and runs as it does everywhere else in the user's code.
 */
function expression(pattern: RegExp | RegexJson): Pattern {
  const { test, exec, shown } = pattern instanceof RegExp ? backtracking(pattern) : linear(pattern)
  return {
    matches: test,
    groups: (text, spend) => [...(exec(text, spend) ?? [])].map((group) => group ?? ''),
    isExpression: true,
    contained: '',
    shown,
  }
}

function backtracking({ source, flags }: RegExp) {
  // With `g` or `y` an expression would remember where it stopped.
  const regex = new RegExp(source, flags.replaceAll(/[gy]/g, ''))
  return {
    test: (text: string) => regex.test(text),
    exec: (text: string) => regex.exec(text),
    shown: String(regex),
  }
}

function linear({ regex: source, flags = '' }: RegexJson) {
  const shown = `/${source}/${flags}`
  try {
    return { ...linearRegex(source, flags), shown }
  } catch (error) {
    if (!(error instanceof NotLinearError)) throw error
    throw new ScenarioError(
      `the regular expression ${shown} ${error.message}; in data, expressions run in linear time. ` +
        'Look ahead only right behind "^", use several conditions, or give a RegExp in a scenario in TypeScript',
      { cause: error },
    )
  }
}
