import type { HttpRequest } from '../../../wire/index.ts'

/** Providers show the ends of a key, so that users know which one they sent; less is no key. */
const MIN_LENGTH = 12
const KEY_HEADER = /^(?:proxy-)?authorization$|api-?key/i

/** Whether a text contains a key that its request bore, or at least half of it in one piece. */
export function echoesKey(text: string, { headers }: HttpRequest): boolean {
  return headers
    .filter(([name]) => KEY_HEADER.test(name))
    .map(([, value]) => value.replace(/^\w+ +/, ''))
    .some((key) => {
      const length = Math.max(MIN_LENGTH, Math.ceil(key.length / 2))
      const starts = Array.from({ length: Math.max(0, key.length - length + 1) }, (_, at) => at)
      return starts.some((at) => text.includes(key.slice(at, at + length)))
    })
}
