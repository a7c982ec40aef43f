import type { IncomingMessage } from 'node:http'

/** What is safe in logs and headers, and no longer than anybody's ids. */
const SAFE = /^[\w.:-]{1,128}$/

/** The id of a request, by which logs name it: its own, or a new one. */
export function requestId({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const { 'x-request-id': given } = headers
  return typeof given === 'string' && SAFE.test(given) ? given : `req_${crypto.randomUUID()}`
}
