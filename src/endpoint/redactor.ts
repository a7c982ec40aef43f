import {
  type Arrival,
  concatArrivals,
  type Credentials,
  type Exchange,
  type Header,
  headerValue,
  type HttpRequest,
  secretMask,
  secretsOf,
} from '../wire/index.ts'

/** Stands for the key in commands that a reader may copy. */
export const KEY_PLACEHOLDER = 'Bearer $SOUNDCHECK_API_KEY'

/** Removes secrets from whatever is shown or saved. */
export interface Redactor {
  readonly text: (text: string) => string
  /** A request whose headers show no value that the user gave. */
  readonly request: (request: HttpRequest) => HttpRequest
  /** An exchange without secrets, sent or sent back; lengths stay as they are, so that places do. */
  readonly exchange: (exchange: Exchange) => Exchange
}

/**
 * Makes a redactor. Headers the user gave are hidden in requests, whatever they are. The secrets among
 * them, the key and those of the URL are replaced by asterisks wherever they turn up, whole or in part,
 * however they are written.
 */
export function redactor(credentials: Credentials): Redactor {
  const secrets = secretsOf(credentials)
  const mask = secretMask(secrets)
  const { text } = mask
  const given = new Set(credentials.headers.map(([name]) => name.toLowerCase()))

  const request = ({ method, url, headers, body }: HttpRequest): HttpRequest => ({
    method,
    url: text(url),
    headers: headers.map(([name, value]): Header => {
      if (given.has(name.toLowerCase())) return [name, '***']
      return name.toLowerCase() === 'authorization' ? [name, KEY_PLACEHOLDER] : [name, text(value)]
    }),
    body: body === null ? null : text(body),
  })

  const body = (arrivals: readonly Arrival[]): readonly Arrival[] => {
    const bytes = concatArrivals(arrivals)
    const masked = secrets.length > 0 && isCompressed(bytes) ? hidden(bytes) : mask.body(bytes)
    return masked === bytes ? arrivals : asArrived(masked, arrivals)
  }
  /** Nothing can be replaced within a content coding: what is not undone shows nothing. */
  const coded = (arrivals: readonly Arrival[]): readonly Arrival[] =>
    secrets.length > 0 ? asArrived(hidden(concatArrivals(arrivals)), arrivals) : arrivals
  const redacted = new WeakMap<Exchange, Exchange>()

  return {
    text,
    request,
    exchange(exchange) {
      const known = redacted.get(exchange)
      if (known) return known
      const { response, decoded, arrivals, end } = exchange
      const plain = decoded && body(decoded)
      const isCoded = headerValue(response?.headers ?? [], 'content-encoding') !== undefined
      const result: Exchange = {
        ...exchange,
        request: request(exchange.request),
        response: response && {
          ...response,
          statusText: text(response.statusText),
          headers: response.headers.map(([name, value]): Header => [text(name), text(value)]),
        },
        // A body that was decoded is kept so.
        arrivals: plain ?? (isCoded ? coded(arrivals) : body(arrivals)),
        decoded: plain,
        end: end.how === 'failed' ? { ...end, message: text(end.message) } : end,
      }
      redacted.set(exchange, result)
      return result
    },
  }
}

/** How bodies begin that are compressed with gzip or Zstandard, whatever their headers say. */
const MAGIC_NUMBERS = [
  [0x1f, 0x8b],
  [0x28, 0xb5, 0x2f, 0xfd],
]

function isCompressed(body: Uint8Array): boolean {
  return MAGIC_NUMBERS.some((magic) => magic.every((byte, i) => body[i] === byte))
}

function hidden({ length }: Uint8Array): Uint8Array {
  return new Uint8Array(length).fill(0x2a)
}

function asArrived(body: Uint8Array, arrivals: readonly Arrival[]): Arrival[] {
  let offset = 0
  return arrivals.map(({ atMs, bytes: { length } }) => {
    offset += length
    return { atMs, bytes: body.subarray(offset - length, offset) }
  })
}
