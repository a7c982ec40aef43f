import type { Exchange, Header } from '../wire/index.ts'
import type { CheckOptions } from './check-endpoint.ts'

const TELLS_A_SECRET =
  /(?:^|[-_])(?:auth|authorization|api-?key|key|token|secret|password|cookie|signature|sig)(?:$|[-_])/i
/** Anything shorter would strike out ordinary words. */
const MIN_LENGTH = 4

/** What must not be shown: the key, and values of headers and query parameters whose names say so. */
export function findSecrets({ url, apiKey, headers = [] }: CheckOptions): string[] {
  const named: Header[] = [...headers, ...new URL(url).searchParams]
  if (apiKey !== undefined) named.push(['api-key', apiKey])
  return named
    .filter(([name]) => TELLS_A_SECRET.test(name))
    .flatMap(([, value]) => [
      value,
      value.replace(/^(?:Bearer|Basic) +/i, ''),
      encodeURIComponent(value),
    ])
    .filter((value) => value.length >= MIN_LENGTH)
    .toSorted((a, b) => b.length - a.length)
}

/** Strikes out secrets in every string of a JSON-like value; lengths stay as they are. */
export function mask<T>(value: T, secrets: readonly string[]): T {
  if (secrets.length === 0) return value
  return maskDeep(value, secrets) as T
}

function maskDeep(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === 'string') return maskText(value, secrets)
  if (Array.isArray(value)) return value.map((each) => maskDeep(each, secrets))
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, maskDeep(member, secrets)]),
  )
}

function maskText(text: string, secrets: readonly string[]): string {
  return secrets.reduce(
    (masked, secret) => masked.replaceAll(secret, '*'.repeat(secret.length)),
    text,
  )
}

/** An exchange that may be shown: secrets are struck out, wherever they were sent or came back. */
export function maskExchange(exchange: Exchange, secrets: readonly string[]): Exchange {
  if (secrets.length === 0) return exchange
  const decoded = exchange.decoded && maskArrivals(exchange.decoded, secrets)
  return {
    ...mask(exchange, secrets),
    // Behind a content coding nothing can be struck out: what is known decoded stays in that form.
    arrivals: decoded ?? maskArrivals(exchange.arrivals, secrets),
    decoded,
  }
}

function maskArrivals(
  arrivals: Exchange['arrivals'],
  secrets: readonly string[],
): Exchange['arrivals'] {
  const bytes = Buffer.concat(arrivals.map((arrival) => arrival.bytes))
  for (const secret of secrets) {
    const needle = Buffer.from(secret)
    for (let at = bytes.indexOf(needle); at >= 0; at = bytes.indexOf(needle, at)) {
      bytes.fill('*', at, at + needle.length)
    }
  }
  let offset = 0
  return arrivals.map(({ atMs, bytes: { length } }) => {
    offset += length
    return { atMs, bytes: bytes.subarray(offset - length, offset) }
  })
}
