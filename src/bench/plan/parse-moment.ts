/**
 * Reads a moment, such as `2026-01-31T12:00:00Z` or seconds since 1970, in milliseconds since then;
 * `undefined` for what is none.
 */
export function parseMoment(text: string): number | undefined {
  const moment = SECONDS.test(text)
    ? Number(text) * 1_000
    : ISO_DATE.test(text)
      ? Date.parse(text)
      : Number.NaN
  return Number.isNaN(new Date(moment).getTime()) ? undefined : moment
}

/** As many digits as seconds have for the next three thousand years; milliseconds have more. */
const SECONDS = /^\d{1,11}$/
/** `Date.parse` makes a day of nearly anything, such as the first of January 2001 of -1. */
const ISO_DATE = /^\d{4}-\d\d-\d\d(?:T|$)/
