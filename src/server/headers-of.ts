import type { IncomingMessage } from 'node:http'
import type { Header } from '../wire/index.ts'

/** The header lines of a request, as they stood on the wire. */
export function headersOf({ rawHeaders }: IncomingMessage): Header[] {
  const headers: Header[] = []
  for (let i = 0; i < rawHeaders.length; i += 2) headers.push([rawHeaders[i]!, rawHeaders[i + 1]!])
  return headers
}
