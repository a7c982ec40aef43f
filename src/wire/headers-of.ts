import type { IncomingMessage } from 'node:http'
import type { Header } from './exchange.ts'

/** The header lines of a request, names in lower case: as `fetch` shows them to a predicate. */
export function headersOf({ rawHeaders }: IncomingMessage): Header[] {
  const headers: Header[] = []
  for (let i = 0; i < rawHeaders.length; i += 2) {
    headers.push([rawHeaders[i]!.toLowerCase(), rawHeaders[i + 1]!])
  }
  return headers
}
