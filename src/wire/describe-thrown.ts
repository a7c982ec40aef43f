import { escapeText } from './escape-text.ts'

/** What code threw, and where, harmless in a terminal. */
export function describeThrown(thrown: unknown): string {
  const text = (thrown instanceof Error && thrown.stack) || String(thrown)
  return text.split('\n').map(escapeText).join('\n')
}
