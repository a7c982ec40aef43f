import { createHash } from 'node:crypto'

const bytesOf = (name: string) => createHash('sha256').update(name).digest()

/** A key that is found nowhere else; the same for the same name. */
export function canaryKey(name: string): string {
  return `sk-${bytesOf(name).toString('base64url').slice(0, 24).replaceAll('-', 'x')}/+=q`
}

/** The same as somebody may say it: no key, and no word of it is found elsewhere. */
export function canaryWords(name: string): string {
  const letters = Array.from(bytesOf(name), (byte) => 'bdfghjklmnprstvz'[byte % 16])
  return [0, 10, 20].map((at) => letters.slice(at, at + 9).join('')).join(' ')
}
