import { type Header, headerValue } from '../../wire/thread.ts'

/** What tells where the body of a message ends (RFC 9112, section 6.3). */
export type BodyFraming =
  | { readonly by: 'nothing' }
  | { readonly by: 'length'; readonly bytes: number }
  | { readonly by: 'chunks' }
  | { readonly by: 'close' }
  /** What follows the head is another protocol. */
  | { readonly by: 'no-http' }
  | { readonly by: 'contradiction'; readonly reason: string }

export const NOTHING: BodyFraming = { by: 'nothing' }

/** The framing that headers declare; `undefined` where they declare none. */
export function declaredFraming(headers: readonly Header[]): BodyFraming | undefined {
  const lengths = headers.filter(([name]) => name.toLowerCase() === 'content-length')
  const coding = headerValue(headers, 'transfer-encoding')
  if (coding !== undefined) {
    if (lengths.length > 0) {
      const reason = "Content-Length can't be present with Transfer-Encoding"
      return { by: 'contradiction', reason }
    }
    return /(?:^|,)[ \t]*chunked$/i.test(coding) ? { by: 'chunks' } : { by: 'close' }
  }
  if (lengths.length === 0) return undefined
  const [value, ...others] = new Set(lengths.map(([, length]) => length))
  if (others.length > 0 || !/^0*\d{1,15}$/.test(value!)) {
    const reason = 'Invalid character in Content-Length'
    return { by: 'contradiction', reason }
  }
  return { by: 'length', bytes: Number(value) }
}
