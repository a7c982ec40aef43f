import type { NamePattern, RegexJson, TextPattern } from './scenario.ts'

/** A pattern, compiled. */
export interface Pattern {
  matches(text: string): boolean
  /** The groups of the expression, the whole match first; empty for a string. */
  groups(text: string): readonly string[]
  /** What a text must contain to match, as far as that is known; else empty. */
  readonly contained: string
  /** As messages show it. */
  readonly shown: string
}

/** Compiles a pattern whose string must be contained. */
export function textPattern(pattern: TextPattern): Pattern {
  if (typeof pattern !== 'string') return expression(pattern)
  return {
    matches: (text) => text.includes(pattern),
    groups: () => [],
    contained: pattern,
    shown: JSON.stringify(pattern),
  }
}

/** Compiles a pattern whose string must be the whole name. */
export function namePattern(pattern: NamePattern): Pattern {
  if (typeof pattern !== 'string') return expression(pattern)
  return {
    matches: (text) => text === pattern,
    groups: () => [],
    contained: pattern,
    shown: JSON.stringify(pattern),
  }
}

function expression(pattern: RegExp | RegexJson): Pattern {
  const [source, flags] =
    pattern instanceof RegExp
      ? [pattern.source, pattern.flags]
      : [pattern.regex, pattern.flags ?? '']
  // With `g` or `y` an expression would remember where it stopped.
  const regex = new RegExp(source, flags.replaceAll(/[gy]/g, ''))
  return {
    matches: (text) => regex.test(text),
    groups: (text) => [...(regex.exec(text) ?? [])].map((group) => group ?? ''),
    contained: '',
    shown: String(regex),
  }
}
