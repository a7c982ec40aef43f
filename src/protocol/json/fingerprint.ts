/**
 * Hashes a JSON value to 53 bits; equal values give equal numbers, whatever the order of their keys.
 *
 * Not cryptographic: it only has to spread, and to run in a browser as it does in Node.js.
 */
export function fingerprint(...values: readonly unknown[]): number {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  const text = canonicalJson(values)
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    high = Math.imul(high ^ code, 2654435761)
    low = Math.imul(low ^ code, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return 4294967296 * (2097151 & low) + (high >>> 0)
}

/** Writes JSON with the keys of objects in one order, so that equal values give equal texts. */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const members = value as Record<string, unknown>
  let text = ''
  for (const key of Object.keys(members).toSorted()) {
    if (members[key] === undefined) continue
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(members[key])}`
  }
  return `{${text}}`
}

/** Writes a fingerprint in digits and letters: eleven of them. */
export function base36(print: number): string {
  return print.toString(36).padStart(11, '0')
}
