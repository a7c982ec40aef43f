import type { ProbeId } from '../probe-ids.ts'

/**
 * Words that one probe alone sends: a reply that says one has read that request, and a reply to
 * another request that says it has read somebody else's.
 */
export const NONCES = {
  /** In the result of the tool. */
  'tool-result': ['narwhal'],
  /** In the system prompt, and in the first turn. */
  'long-history': ['kaleidoscope', 'trombone'],
  /** In content that is an array of parts. */
  superset: ['xylophone'],
  /** In the turn after the one that is broken off. */
  'barge-in': ['zeppelin'],
} as const satisfies Partial<Record<ProbeId, readonly string[]>>

/** In a turn from which others go on, and may know them: in an item with a type, and in one without. */
export const CHAINED = ['sousaphone', 'marmalade'] as const

/** In instructions that no longer hold when the next turn is asked for. */
export const PASSWORD = 'periwinkle'

/** Those that a text mentions. */
export function noncesIn(text: string): ReadonlySet<string> {
  const letters = text.toLowerCase()
  return new Set(
    Object.values(NONCES)
      .flat()
      .filter((nonce) => letters.includes(nonce)),
  )
}

export function mentions(text: string, nonce: string): boolean {
  return text.toLowerCase().includes(nonce)
}
