import { type Header, headerValue } from './exchange.ts'

/** RFC 9110, section 7.6.1, and what trailers are announced by, which are not relayed; the last two speak to the next hop too, sections 11.7.1 and 11.7.2. */
const HOP_BY_HOP = new Set([
  'connection',
  'proxy-connection',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'proxy-authenticate',
  'proxy-authorization',
])

/** Without the headers that are for one connection alone: those that always are, and those that it names. */
export function endToEnd(headers: readonly Header[]): Header[] {
  const named = headerValue(headers, 'connection')?.toLowerCase().split(',') ?? []
  const isNamed = (name: string) => named.some((each) => each.trim() === name)
  return headers.filter(([told]) => {
    const name = told.toLowerCase()
    return !HOP_BY_HOP.has(name) && !isNamed(name)
  })
}
