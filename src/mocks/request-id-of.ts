import { base36, fingerprint } from '../protocol/index.ts'

/** Numbers a request by what tells it apart, the same one by the same number; blanks at an end tell nothing. */
export function requestIdOf(seed: number, ...parts: readonly string[]): string {
  return `req_${base36(fingerprint(seed, ...parts.map((part) => part.trimEnd())))}`
}
