const TOKEN =
  /\\(?:[pPux]\{\w+\}|[^])|\[(?:\\[^]|[^\]\\])*\]|\{(\d+)(?:,(\d*))?\}|\(\??(?:[:=!]|<[=!])?|[^]/g

/** How many characters and classes an expression has, each counted as often as it is repeated. */
export function regexSize(source: string): number {
  const outer: number[] = []
  let sum = 0
  let last = 0
  for (const [token, least, most] of source.matchAll(TOKEN)) {
    if (token.startsWith('(')) {
      outer.push(sum)
      sum = 0
      last = 0
    } else if (token === ')') {
      last = sum
      sum += outer.pop() ?? 0
    } else if (least !== undefined) {
      const times = Math.max(Number(least), Number(most ?? 0))
      sum += last * Math.max(0, times - 1)
    } else if (!/[*+?|^$]/.test(token) || token.length > 1) {
      last = 1
      sum += 1
    }
  }
  return sum
}
