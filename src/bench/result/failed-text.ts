/** How the requests of a run ended. */
export interface Ended {
  readonly attempted: number
  readonly ok: number
  /** The others, by what failed, the most frequent first. */
  readonly failures: readonly { readonly name: string; readonly count: number }[]
}

/** Of failures that a reason names. */
const MAX_KINDS = 4

/** How many requests failed, and of what; `null` when none did. */
export function failedText({ attempted, ok, failures }: Ended): string | null {
  if (ok === attempted) return null
  const kinds = failures.slice(0, MAX_KINDS).map(({ name, count }) => `${count} ${name}`)
  const more = failures.length > MAX_KINDS ? ', ...' : ''
  const named = kinds.length > 0 ? ` (${kinds.join(', ')}${more})` : ''
  return `${attempted - ok} of ${attempted} requests failed${named}`
}
