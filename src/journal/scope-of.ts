import { type Header, headerValue } from '../wire/index.ts'
import { fingerprint } from '../protocol/index.ts'

/** Names the scope of a request, so that tests that share a server do not see each other. */
export const SCOPE_HEADER = 'x-soundcheck-scope'

/** The scope that a request names. */
export function namedScope(headers: readonly Header[]): string | undefined {
  return headerValue(headers, SCOPE_HEADER)
}

/**
 * The scope of a request: what its header says, or else one for each API key, which official clients
 * send anyhow. Empty when it has neither.
 */
export function scopeOf(headers: readonly Header[]): string {
  const named = namedScope(headers)
  if (named !== undefined) return named
  const key = headerValue(headers, 'authorization')
  // A scope is shown where a key must not be.
  return key === undefined ? '' : `key-${fingerprint('scope', key).toString(36)}`
}
