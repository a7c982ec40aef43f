/** Letters and digits, and what joins them. */
const LIKE_A_KEY = /^(?=.*[0-9])(?=.*[a-z])[\w.~+/:=-]{16,}$/i
/** So keys begin that are made for the APIs of models. */
const PREFIXED = /^sk-[\w-]{8,}/i
const JOINTS = /[^a-z0-9]+/i
/** A word, perhaps numbered, a version such as `v2` or `4o`, a date, or a part of a moment. */
const ORDINARY_PART =
  /^(?:(?:[A-Z]?[a-z]{1,20}|[A-Z]{1,20})[0-9]{0,2}|v?[0-9]{1,4}[a-z]{0,2}|[0-9]{8}|[0-9]{2}T[0-9]{2}|[0-9]{2,9}Z)?$/

/** Whether a value must be taken for a key by its look: not where it is made of words, versions and dates. */
export function looksLikeAKey(value: string): boolean {
  if (PREFIXED.test(value)) return true
  return LIKE_A_KEY.test(value) && !value.split(JOINTS).every((part) => ORDINARY_PART.test(part))
}

const LEAST_IN_PATH = 20

/** Whether a segment of a path is a key: many of them hold names, and ids of lower case. */
export function isKeyInPath(segment: string): boolean {
  if (PREFIXED.test(segment)) return true
  const isMixed = /[a-z]/.test(segment) && /[A-Z]/.test(segment)
  return segment.length >= LEAST_IN_PATH && isMixed && looksLikeAKey(segment)
}
