/** What is safe in logs and headers, and no longer than anybody's ids. */
const SAFE = /^[\w.:-]{1,128}$/

/** The id of a request, by which logs name it: its own, as `x-request-id` gives it, or a new one. */
export function requestId(given: string | readonly string[] | undefined): string {
  return typeof given === 'string' && SAFE.test(given) ? given : `req_${crypto.randomUUID()}`
}
