import type { Evidence } from '../evidence/evidence.ts'

/** An answer in a few words: its status and what its body says, or why there is none. */
export function describeAnswer({ exchange, errorText, opening }: Evidence): string {
  const { response, end } = exchange ?? {}
  if (!response) {
    if (end?.how !== 'failed') return `${end?.how}`
    return end.reason === 'malformed' ? end.message : `${end.reason} (${end.code})`
  }
  const words = errorText ?? opening
  return `status ${response.status}${words === '' ? '' : `: ${words}`}`
}
