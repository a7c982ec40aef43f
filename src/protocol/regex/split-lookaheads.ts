/** What must, or must not, begin at the start of a text. */
export interface Lookahead {
  readonly holds: boolean
  readonly inner: string
}

/**
 * Takes the lookaheads off that follow `^`, as in `^(?=.*tea)(?!.*milk)`: each is a condition of its
 * own at the start of the text, so that no engine has to look ahead.
 */
export function splitLookaheads(
  source: string,
  flags: string,
): { readonly conditions: readonly Lookahead[]; readonly rest: string } {
  const whole = { conditions: [], rest: source }
  if (!source.startsWith('^(?') || flags.includes('m')) return whole
  const conditions: Lookahead[] = []
  let at = 1
  for (;;) {
    const kind = source.slice(at, at + 3)
    if (kind !== '(?=' && kind !== '(?!') break
    const end = endOfGroup(source, at)
    const inner = source.slice(at + 3, end)
    // What a lookahead captures belongs to the match.
    if (captures(inner)) return whole
    conditions.push({ holds: kind === '(?=', inner })
    at = end + 1
    if (/[*+?{]/.test(source.charAt(at))) return whole
  }
  const rest = source.slice(at)
  return isAlternative(rest) ? whole : { conditions, rest: `^${rest}` }
}

/** Tokens that may hold a bracket, and brackets. */
const TOKEN = /\\[^]|\[(?:\\[^]|[^\]\\])*\]|[()|]/g

/** Where the group that begins there ends; the source is known to be an expression. */
function endOfGroup(source: string, start: number): number {
  let depth = 0
  for (const { 0: token, index } of source.slice(start).matchAll(TOKEN)) {
    if (token === '(') depth++
    if (token === ')' && --depth === 0) return start + index
  }
  return source.length
}

function captures(source: string): boolean {
  return [...source.matchAll(TOKEN)].some(
    ({ 0: token, index }) =>
      token === '(' && !/^\((?:\?(?!<[^=!]))/.test(source.slice(index, index + 4)),
  )
}

function isAlternative(source: string): boolean {
  let depth = 0
  for (const [token] of source.matchAll(TOKEN)) {
    if (token === '(') depth++
    if (token === ')') depth--
    if (token === '|' && depth === 0) return true
  }
  return false
}
