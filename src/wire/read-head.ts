import type { Header, HttpResponseHead } from './exchange.ts'

/** Of all heads together; servers and clients allow for less. */
const MAX_BYTES = 65_536
/** Bodies, which may be long, have another. */
const START = new TextEncoder().encode('HTTP/')
const HEAD = /^HTTP\/\d(?:\.\d)? (\d{3})(?: ([^\r\n]*))?\r?\n((?:[^\r\n]+\r?\n)*)\r?\n/

/**
 * Reads the head that stands before a body, as `curl -i` saves it: the last one, where an interim
 * response, a proxy or a redirect has one, too. `undefined` where there is none.
 */
export function readHead(
  bytes: Uint8Array,
): { readonly head: HttpResponseHead; readonly body: Uint8Array } | undefined {
  if (START.some((byte, i) => bytes[i] !== byte)) return undefined
  const text = new TextDecoder('latin1').decode(bytes.subarray(0, MAX_BYTES))
  let head: HttpResponseHead | undefined
  let size = 0
  for (;;) {
    const found = HEAD.exec(text.slice(size))
    if (!found) return head && { head, body: bytes.subarray(size) }
    const [all, status, statusText = '', lines = ''] = found
    head = { status: Number(status), statusText, headers: headersIn(lines), atMs: 0 }
    size += all.length
  }
}

function headersIn(lines: string): Header[] {
  return lines.split(/\r?\n/).flatMap((line): Header[] => {
    const colon = line.indexOf(':')
    return colon > 0 ? [[line.slice(0, colon), line.slice(colon + 1).trim()]] : []
  })
}
