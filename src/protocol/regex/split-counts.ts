/** RE2 repeats nothing more often. */
const MOST = 1_000
/** Whoever wants more wants no limit. */
const MOST_IN_ALL = 10_000

/** A character, a class or an escape, and how often it comes. */
const COUNTED =
  /(\\x\{[\da-f]+\}|\\[pP]\{\w+\}|\\[^]|\[(?:\\[^]|[^\]\\])*\]|[^\\()[\]{}|*+?^$])(?:\{(\d+)(?:(,)(\d*))?\}(\??))?/gi

/** Writes large counts of one character, such as `.{1,4000}`, as several that RE2 takes. */
export function splitCounts(source: string): string {
  return source.replaceAll(
    COUNTED,
    (whole: string, one: string, from?: string, comma?: string, to = '', lazy = '') => {
      const least = Number(from ?? 0)
      const most = comma === undefined ? least : to === '' ? Infinity : Number(to)
      const largest = most === Infinity ? least : most
      if (largest <= MOST || largest > MOST_IN_ALL) return whole
      const times = (count: number, range: (part: number) => string) =>
        Array.from({ length: Math.ceil(count / MOST) }, (_, i) =>
          [one, range(Math.min(MOST, count - i * MOST)), lazy].join(''),
        ).join('')
      const rest = most === Infinity ? `${one}*${lazy}` : times(most - least, (n) => `{0,${n}}`)
      return `(?:${times(least, (n) => `{${n}}`)}${rest})`
    },
  )
}
