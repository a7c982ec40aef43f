/**
 * Reads a moment, such as `2026-01-31T12:00:00Z` or seconds since 1970, in milliseconds since then;
 * `undefined` for what is none.
 */
export function parseMoment(text: string): number | undefined {
  const moment = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text)
  return Number.isNaN(new Date(moment).getTime()) ? undefined : moment
}
